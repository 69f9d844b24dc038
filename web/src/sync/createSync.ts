import { createApi } from "../api/api.ts";
import { Cell } from "../live/live.ts";
import { systemClock } from "./clock.ts";
import { SharedSession } from "./session/sharedSession.ts";
import { browserStorage } from "./session/storedSession.ts";
import { browserTabLock } from "./session/tabLock.ts";
import type { Sync } from "./sync.ts";

export function createSync(): Sync {
  const session = new SharedSession(browserStorage(), browserTabLock(), systemClock);
  const none = new Cell<readonly never[]>([]);
  const nobody = new Cell(undefined);
  return {
    session,
    connection: new Cell({ kind: "connecting" }),
    retryNow: () => undefined,
    log: new Cell({ epoch: undefined, position: 0, head: 0 }),
    incidents: {
      list: () => none,
      one: () => nobody,
      counts: new Cell({
        total: 0,
        urgent: 0,
        mine: 0,
        byStatus: { OPEN: 0, IN_PROGRESS: 0, RESOLVED: 0, ARCHIVED: 0 },
      }),
      isComplete: new Cell(false),
    },
    threads: {
      of: () => new Cell({ state: "loading", comments: [] }),
      timelineOf: () => new Cell({ isLoaded: false, events: [] }),
    },
    notifications: new Cell({ items: [], unread: 0 }),
    presence: {
      counts: new Cell({ total: 0, byRole: { STUDENT: 0, PREFECT: 0, AUROR: 0, ADMIN: 0 }, stale: false }),
      online: none,
      viewersOf: () => none,
      typistsOf: () => none,
    },
    people: { one: () => nobody, search: async () => [] },
    deeds: {
      begin: () => {
        throw new Error("deeds come with the next commit");
      },
      retry: () => undefined,
      discard: () => undefined,
      settle: () => {
        throw new Error("deeds come with the next commit");
      },
      open: none,
    },
    news: { subscribe: () => () => undefined },
    enterIncident: () => () => undefined,
    tellTyping: () => undefined,
    api: createApi(session),
  };
}
