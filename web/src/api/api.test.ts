// @vitest-environment node
import { describe, expect, it } from "vitest";
import { createApi, NO_TOKENS, type Tokens } from "./api.ts";
import type { ApiProblem } from "./problem.ts";

const ORIGIN = "http://localhost";

function apiThatGets(...answers: (Response | Error)[]) {
  const requests: Request[] = [];
  const send = (async (request: Request) => {
    requests.push(request);
    const answer = answers.shift();
    if (answer === undefined || answer instanceof Error) {
      throw answer;
    }
    return answer;
  }) as typeof fetch;
  return { requests, with: (tokens: Tokens) => createApi(tokens, send, ORIGIN) };
}

const refusal = (status: number, problem: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(problem), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });

describe("a call of the API", () => {
  it("is put together as the route says", async () => {
    const api = apiThatGets(Response.json({}), Response.json({}));
    const caller = api.with({ ...NO_TOKENS, current: async () => "token" });
    await caller.call("GET /api/incidents", {
      query: { severity: ["CRITICAL", "SERIOUS"], q: "a & b", limit: 5 },
    });
    const body = { content: "Hello" };
    await caller.call("POST /api/incidents/{id}/comments", {
      path: { id: 7 },
      body,
      headers: { "Idempotency-Key": "k" },
    });

    const [list, post] = api.requests;
    expect(list?.url).toBe(`${ORIGIN}/api/incidents?severity=CRITICAL&severity=SERIOUS&q=a+%26+b&limit=5`);
    expect(list?.headers.get("Authorization")).toBe("Bearer token");
    expect(post?.url).toBe(`${ORIGIN}/api/incidents/7/comments`);
    expect(post?.headers.get("Idempotency-Key")).toBe("k");
    expect(await post?.json()).toEqual(body);
  });

  it("gives what a state says of its place in the log", async () => {
    const headers = { "Log-Position": "42", "Log-Epoch": "e" };
    const api = apiThatGets(Response.json({ count: 1 }, { headers })).with(NO_TOKENS);
    const answer = await api.call("GET /api/notifications/unread/count", {});
    expect(answer).toEqual({ body: { count: 1 }, position: 42, epoch: "e" });
  });

  it("is made again with a fresh token, once, where the one that it had has run out", async () => {
    const expired = () => refusal(401, { code: "TOKEN_EXPIRED" });
    const tokens: Tokens = { current: async () => "old", replace: async (old) => `not ${old}` };
    const api = apiThatGets(expired(), Response.json({ user: {} }), expired(), expired());
    await api.with(tokens).call("GET /api/auth/me", {});
    expect(api.requests.map(({ headers }) => headers.get("Authorization"))).toEqual([
      "Bearer old",
      "Bearer not old",
    ]);

    await expect(api.with(tokens).call("GET /api/auth/me", {})).rejects.toMatchObject({
      code: "TOKEN_EXPIRED",
    });
    expect(api.requests).toHaveLength(4);
  });

  it("is refused with the reason, field by field", async () => {
    const errors = [{ field: "title", message: "must not be blank" }];
    const api = apiThatGets(
      refusal(400, { code: "VALIDATION_FAILED", detail: "title: must not be blank.", errors }),
      refusal(429, { code: "RATE_LIMITED", title: "Too many requests" }, { "Retry-After": "3" }),
    ).with(NO_TOKENS);
    const call = () =>
      api.call("POST /api/incidents", { body: { title: "" } }).catch((problem: ApiProblem) => problem);

    const invalid = (await call()) as ApiProblem;
    expect(invalid).toMatchObject({ code: "VALIDATION_FAILED", status: 400, isPassing: false });
    expect(invalid.message).toBe("title: must not be blank.");
    expect(invalid.fields.get("title")).toBe("must not be blank");
    expect(await call()).toMatchObject({ code: "RATE_LIMITED", isPassing: true, retryAfterMs: 3_000 });
  });

  it("says that it is offline where nothing answers, or something else does", async () => {
    const proxy = new Response("<h1>Bad gateway</h1>", {
      status: 502,
      headers: { "Content-Type": "text/html" },
    });
    const api = apiThatGets(new TypeError("network"), proxy).with(NO_TOKENS);
    for (const status of [0, 502]) {
      await expect(api.call("GET /api/auth/me", {})).rejects.toMatchObject({
        code: "OFFLINE",
        status,
        isPassing: true,
      });
    }
  });
});
