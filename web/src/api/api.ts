import type { Routes } from "./generated/rest.ts";
import { ApiProblem } from "./problem.ts";

export type RouteName = keyof Routes;

type Part<R extends RouteName, P extends string> = Routes[R] extends { readonly [K in P]: infer T }
  ? { readonly [K in P]: T }
  : Routes[R] extends { readonly [K in P]?: infer T }
    ? { readonly [K in P]?: T }
    : unknown;

/** What a call of a route takes, beside its name. */
export type Call<R extends RouteName> = Part<R, "path"> &
  Part<R, "query"> &
  Part<R, "body"> & {
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
  };

export type Answer<R extends RouteName> = Routes[R]["answer"];

export interface Answered<R extends RouteName> {
  readonly body: Answer<R>;
  /** Of a state: all events up to here are in it. */
  readonly position: number | undefined;
  readonly epoch: string | undefined;
}

/** The server's REST API. Whatever is refused rejects with an `ApiProblem`. */
export interface Api {
  call<R extends RouteName>(route: R, call: Call<R>): Promise<Answered<R>>;
  /** The answer as a file, of a media type that the route can also give. */
  download<R extends RouteName>(route: R, call: Call<R>, mediaType: string): Promise<Blob>;
}

/** Where the tokens come from that calls are made with. */
export interface Tokens {
  /** A good one; undefined while nobody is signed in. */
  current(): Promise<string | undefined>;
  /** The server has refused this one as expired: another one, if there is any to be had. */
  replace(refused: string): Promise<string | undefined>;
}

export const NO_TOKENS: Tokens = {
  current: async () => undefined,
  replace: async () => undefined,
};

/** The API at `origin`, as `tokens` open it. */
export function createApi(tokens: Tokens, send: typeof fetch, origin: string): Api {
  async function attempt(request: Request, token: string | undefined): Promise<Response> {
    if (token !== undefined) {
      request.headers.set("Authorization", `Bearer ${token}`);
    }
    try {
      return await send(request);
    } catch (failure) {
      if (request.signal.aborted) {
        throw failure;
      }
      throw ApiProblem.offline();
    }
  }

  async function answerTo(request: Request): Promise<Response> {
    const token = await tokens.current();
    let response = await attempt(request.clone(), token);
    if (response.status === 401 && token !== undefined) {
      const other = await tokens.replace(token);
      if (other !== undefined) {
        response = await attempt(request, other);
      }
    }
    if (!response.ok) {
      throw await ApiProblem.of(response);
    }
    return response;
  }

  return {
    async download(route, call, mediaType) {
      const request = requestFor(origin, route, call as Call<RouteName> & Loose);
      request.headers.set("Accept", mediaType);
      return (await answerTo(request)).blob();
    },

    async call(route, call) {
      const response = await answerTo(requestFor(origin, route, call as Call<RouteName> & Loose));
      const text = await response.text();
      const position = response.headers.get("Log-Position");
      return {
        body: (text === "" ? undefined : JSON.parse(text)) as Answer<typeof route>,
        position: position === null ? undefined : Number(position),
        epoch: response.headers.get("Log-Epoch") ?? undefined,
      };
    },
  };
}

/** A call, whatever its route. */
interface Loose {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, Parameter | readonly Parameter[] | undefined>>;
  readonly body?: unknown;
}

type Parameter = string | number | boolean;

function requestFor(origin: string, route: RouteName, call: Call<RouteName> & Loose): Request {
  const [method = "GET", template = "/"] = route.split(" ");
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(call.path?.[name] ?? "")),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    for (const each of value === undefined ? [] : [value].flat()) {
      query.append(name, String(each));
    }
  }
  const headers = new Headers(call.headers);
  headers.set("Accept", "application/json");
  if (call.body !== undefined) {
    headers.set("Content-Type", "application/json");
  }
  return new Request(new URL(`${path}${query.size > 0 ? `?${query}` : ""}`, origin), {
    method,
    headers,
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    ...(call.signal !== undefined && { signal: call.signal }),
  });
}
