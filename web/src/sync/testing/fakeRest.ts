import type { Comment, Incident, Notification } from "../model.ts";
import { type FakeServer, ME } from "./fakeServer.ts";
import { personOf } from "./truth.ts";

/** So small that there are always several. */
const PAGE = 5;
const LOG_PAGE = 10;

const ALL_USERS = [
  "draco.malfoy",
  "harry.potter",
  "hermione.granger",
  "luna.lovegood",
  "ron.weasley",
  "seamus.finnigan",
]
  .map((name) => personOf(name))
  .sort((one, other) => (one.id < other.id ? -1 : 1));

interface Refusal {
  readonly status: number;
  readonly code: string;
}

type Answer = { readonly status: number; readonly body?: unknown } | Refusal;

/** The server's REST API over a network that is slow and loses things. */
export function fakeRest(server: FakeServer): typeof fetch {
  const routes = new FakeRoutes(server);
  return (input) => {
    const request = input as Request;
    return new Promise((resolve, reject) => {
      const fail = () => reject(new TypeError("network"));
      request.signal.addEventListener("abort", () => reject(request.signal.reason));
      server.clock.after(server.random.below(400), () => {
        if (server.isRestBlocked || server.random.chance(server.faults.lost)) {
          fail();
          return;
        }
        void request.text().then((text) => {
          const { epoch } = server;
          const answer = responseTo(routes.answer(request, text === "" ? {} : JSON.parse(text)), server);
          const slowness = request.method === "GET" ? 0 : server.answersTake;
          server.clock.after(slowness + server.random.below(400), () => {
            // To be restored, the server is stopped: no answer outlives it.
            if (server.isRestBlocked || server.epoch !== epoch || server.random.chance(server.faults.lost)) {
              fail();
            } else {
              resolve(answer);
            }
          });
        });
      });
    });
  };
}

function responseTo(answer: Answer, server: FakeServer): Response {
  const state = { "Log-Position": String(server.head), "Log-Epoch": server.epoch };
  if ("code" in answer) {
    const problem = JSON.stringify({ code: answer.code, detail: answer.code });
    return new Response(problem, {
      status: answer.status,
      headers: { "Content-Type": "application/problem+json" },
    });
  }
  const body = answer.body === undefined ? null : JSON.stringify(answer.body);
  return new Response(body, {
    status: answer.status,
    headers: { "Content-Type": "application/json", ...state },
  });
}

class FakeRoutes {
  readonly #server: FakeServer;
  readonly #done = new Map<string, () => unknown>();

  constructor(server: FakeServer) {
    this.#server = server;
  }

  answer(request: Request, body: Record<string, string>): Answer {
    const url = new URL(request.url);
    const route = `${request.method} ${url.pathname}`;
    this.#server.asked.push(route);
    const [id = 0, other = 0] = [...url.pathname.matchAll(/\/(\d+)/g)].map(([, digits]) => Number(digits));
    const notificationId = /notifications\/([^/]+)/.exec(url.pathname)?.[1] ?? "";
    const template = route.replace(/\/\d+/g, "/#").replace(/notification-\d+/, "#");
    const { truth, online, viewers, refusal } = this.#server;
    if (refusal !== undefined && request.method !== "GET") {
      return refusal;
    }
    switch (template) {
      case "GET /api/incidents": {
        const newest = [...truth.incidents.values()].sort((one, two) => two.id - one.id);
        return page(newest, url, "incidents", ({ id }, cursor) => id < Number(cursor));
      }
      case "GET /api/incidents/#":
        return this.#ifThere(id, (incident) => incident);
      case "GET /api/incidents/#/comments":
        return this.#ifThere(
          id,
          () => undefined,
          () =>
            page<Comment>(
              truth.threadOf(id),
              url,
              "comments",
              (comment, cursor) => comment.id > Number(cursor),
            ),
        );
      case "GET /api/incidents/#/timeline": {
        const all = this.#server.events.map((event, index) => ({ position: index + 1, event }));
        const events = all.filter(({ event }) => isAbout(event.data as Record<string, unknown>, id));
        return { status: 200, body: { events, nextCursor: null } };
      }
      case "GET /api/users":
        return page(ALL_USERS, url, "users", (user, cursor) => user.id > cursor);
      case "GET /api/notifications": {
        const newest = [...truth.notifications.values()].sort((one, two) => (one.id < two.id ? 1 : -1));
        return page<Notification>(newest, url, "notifications", ({ id }, cursor) => id < cursor);
      }
      case "GET /api/events":
        return this.#log(Number(url.searchParams.get("after")));
      case "GET /api/presence/online": {
        const { total, byRole } = this.#server.counts();
        return { status: 200, body: { users: [...online.values()], count: total, byRole } };
      }
      case "GET /api/presence/incident/#": {
        const users = [...(viewers.get(id)?.values() ?? [])];
        return { status: 200, body: { users, count: users.length } };
      }
      case "POST /api/incidents":
        return this.#once(request, 201, () => {
          const made = this.#server.report(ME, body as unknown as Incident);
          return () => truth.incidents.get(made.id) ?? made;
        });
      case "PATCH /api/incidents/#":
        return this.#ifThere(id, (incident) => {
          const expected = request.headers.get("If-Match");
          if (expected !== null && expected !== `"${incident.version}"`) {
            return { status: 412, code: "STALE_VERSION" };
          }
          return this.#server.edit(ME, id, body as Partial<Incident>);
        });
      case "PATCH /api/incidents/#/resolve":
        return this.#ifThere(id, ({ status }) =>
          status === "RESOLVED"
            ? { status: 409, code: "CONFLICT" }
            : this.#server.resolve(ME, id, body.resolution ?? "done"),
        );
      case "POST /api/incidents/#/comments":
        return this.#ifThere(
          id,
          () => undefined,
          () =>
            this.#once(request, 201, () => {
              const made = this.#server.comment(ME, id, body.content ?? "");
              const comment = this.#server.truth.comments.get(made);
              return () => comment;
            }),
        );
      case "DELETE /api/incidents/#/comments/#":
        if (!truth.comments.has(other)) {
          return { status: 404, code: "NOT_FOUND" };
        }
        this.#server.deleteComment(ME, other);
        return { status: 204 };
      case "PATCH /api/notifications/#/read":
        return this.#onNotification(notificationId, () => this.#server.markRead(notificationId));
      case "PATCH /api/notifications/read-all": {
        const unread = [...truth.notifications.values()].filter(({ isRead }) => !isRead);
        this.#server.markRead(...unread.map(({ id }) => id));
        return { status: 200, body: { count: unread.length } };
      }
      case "DELETE /api/notifications/#":
        return this.#onNotification(notificationId, () => this.#server.dismiss(notificationId));
      default:
        throw new Error(`the fake server knows no ${route}`);
    }
  }

  #ifThere(
    id: number,
    make: (incident: Incident) => Incident | Refusal | undefined,
    otherwise: () => Answer = () => ({ status: 200 }),
  ): Answer {
    const incident = this.#server.truth.incidents.get(id);
    if (incident === undefined) {
      return { status: 404, code: "NOT_FOUND" };
    }
    const made = make(incident);
    if (made === undefined) {
      return otherwise();
    }
    return "code" in made ? made : { status: 200, body: made };
  }

  #onNotification(id: string, deed: () => void): Answer {
    const notification = this.#server.truth.notifications.get(id);
    if (notification === undefined) {
      return { status: 404, code: "NOT_FOUND" };
    }
    deed();
    return { status: 200, body: { ...notification, isRead: true } };
  }

  /** A key counts once, however often it comes. */
  #once(request: Request, status: number, make: () => () => unknown): Answer {
    const key = request.headers.get("Idempotency-Key") ?? "";
    const again = this.#done.get(`${this.#server.epoch} ${key}`) ?? make();
    this.#done.set(`${this.#server.epoch} ${key}`, again);
    return { status, body: again() };
  }

  #log(after: number): Answer {
    const { events, head, epoch, goneUpTo } = this.#server;
    if (after < goneUpTo) {
      return { status: 410, code: "EVENTS_GONE" };
    }
    if (after > head) {
      return { status: 400, code: "INVALID_PARAMETER" };
    }
    const some = events
      .slice(after, after + LOG_PAGE)
      .map((event, index) => ({ position: after + index + 1, event }));
    const next = some.at(-1)?.position ?? after;
    return { status: 200, body: { events: some, next, hidden: 0, head: Math.max(head, next), epoch } };
  }
}

function page<T extends { readonly id: number | string }>(
  all: readonly T[],
  url: URL,
  name: string,
  isAfter: (thing: T, cursor: string) => boolean,
): Answer {
  const cursor = url.searchParams.get("cursor");
  const rest = cursor === null ? all : all.filter((thing) => isAfter(thing, cursor));
  const some = rest.slice(0, PAGE);
  const nextCursor = rest.length > PAGE ? String(some.at(-1)?.id) : null;
  return { status: 200, body: { [name]: some, count: some.length, nextCursor, unreadCount: 0 } };
}

function isAbout(data: Record<string, unknown>, incidentId: number): boolean {
  return data.incidentId === incidentId || data.id === incidentId;
}
