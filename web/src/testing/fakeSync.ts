import { Cell } from "../live/live.ts";
import type {
  Api,
  Connection,
  Deed,
  Doing,
  Incident,
  IncidentCounts,
  IncidentRow,
  Intent,
  LogStanding,
  NewsItem,
  Notifications,
  Person,
  PresenceCounts,
  RouteName,
  Session,
  Sync,
  Thread,
  Timeline,
  Typist,
  User,
} from "../sync/index.ts";
import { aUser } from "./samples.ts";

/** A deed that somebody has begun here. */
export interface Begun {
  readonly intent: Intent;
  readonly holdFor: number;
  isUndone: boolean;
}

/** What the screens read, set by hand; and what they do, written down. For tests of components. */
export class FakeSync implements Sync {
  readonly user: Cell<User | undefined>;
  readonly connection = new Cell<Connection>({ kind: "live", via: "websocket" });
  readonly log = new Cell<LogStanding>({ epoch: "1", position: 0, head: 0 });
  readonly rows = new Cell<readonly IncidentRow[]>([]);
  readonly isComplete = new Cell(true);
  readonly counts = new Cell<IncidentCounts>({
    total: 0,
    urgent: 0,
    mine: 0,
    byStatus: { OPEN: 0, IN_PROGRESS: 0, RESOLVED: 0, ARCHIVED: 0 },
  });
  readonly thread = new Cell<Thread>({ state: "loaded", comments: [] });
  readonly timeline = new Cell<Timeline>({ isLoaded: true, events: [] });
  readonly notifications = new Cell<Notifications>({ items: [], unread: 0 });
  readonly online = new Cell<PresenceCounts>({
    total: 0,
    byRole: { STUDENT: 0, PREFECT: 0, AUROR: 0, ADMIN: 0 },
    stale: false,
  });
  readonly viewers = new Cell<readonly Person[]>([]);
  readonly typists = new Cell<readonly Typist[]>([]);
  readonly openDeeds = new Cell<readonly Deed[]>([]);
  readonly begun: Begun[] = [];
  readonly settled: unknown[] = [];
  readonly retried: string[] = [];
  readonly discarded: string[] = [];
  readonly passwords: unknown[] = [];
  readonly linksOfFirstAdmin: string[] = [];
  readonly known: readonly User[];
  readonly #news = new Set<(item: NewsItem) => void>();
  readonly #one = new Map<number, Cell<IncidentRow | undefined>>();

  constructor(user: User = aUser(), known: readonly User[] = [user]) {
    this.user = new Cell<User | undefined>(user);
    this.known = known;
    this.rows.subscribe(() => {
      for (const [id, cell] of this.#one) {
        cell.set(this.#rowOf(id));
      }
    });
  }

  /** The incidents that there are, newest first. */
  set(incidents: readonly Incident[]): void {
    this.rows.set(
      incidents.map((incident) => ({ key: String(incident.id), incident, saved: incident, deeds: [] })),
    );
  }

  tell(item: NewsItem): void {
    for (const listener of this.#news) {
      listener(item);
    }
  }

  get session(): Session {
    return {
      user: this.user,
      signIn: async () => undefined,
      register: async () => undefined,
      signOut: async () => this.user.set(undefined),
      changePassword: async (...passwords) => {
        this.passwords.push(passwords);
      },
      becomeFirstAdmin: async (token) => {
        this.linksOfFirstAdmin.push(token);
      },
    };
  }

  retryNow(): void {}

  readonly incidents = {
    list: () => this.rows,
    one: (id: number) => {
      const cell = this.#one.get(id) ?? new Cell(this.#rowOf(id));
      this.#one.set(id, cell);
      return cell;
    },
    counts: this.counts,
    isComplete: this.isComplete,
  };

  readonly threads = { of: () => this.thread, timelineOf: () => this.timeline };

  readonly presence = {
    counts: this.online,
    online: this.viewers,
    viewersOf: () => this.viewers,
    typistsOf: () => this.typists,
  };

  readonly #people = new Map<string, Cell<Person | undefined>>();

  readonly people = {
    one: (userId: string) => {
      const user = this.known.find(({ id }) => id === userId);
      const cell = this.#people.get(userId) ?? new Cell(user && { ...user, userId: user.id });
      this.#people.set(userId, cell);
      return cell;
    },
    search: async (text: string): Promise<readonly User[]> =>
      this.known.filter(({ name, handle }) => `${name} ${handle}`.toLowerCase().includes(text.toLowerCase())),
  };

  readonly deeds = {
    begin: (intent: Intent, holdFor = 0): Doing => {
      const begun: Begun = { intent, holdFor, isUndone: false };
      this.begun.push(begun);
      return {
        deed: { id: `deed ${this.begun.length}`, intent, since: 0, state: { kind: "pending" } },
        outcome: Promise.resolve({ kind: "done", incidentId: undefined }),
        undo: () => {
          begun.isUndone = true;
          return true;
        },
      };
    },
    retry: (deedId: string) => void this.retried.push(deedId),
    discard: (deedId: string) => void this.discarded.push(deedId),
    settle: (deedId: string, _: unknown, chosen: unknown): Doing => {
      this.settled.push(chosen);
      const intent: Intent = { kind: "mark-all-read" };
      return {
        deed: { id: deedId, intent, since: 0, state: { kind: "pending" } },
        outcome: Promise.resolve({ kind: "done", incidentId: undefined }),
        undo: () => false,
      };
    },
    open: this.openDeeds,
  };

  readonly news = {
    subscribe: (listener: (item: NewsItem) => void) => {
      this.#news.add(listener);
      return () => void this.#news.delete(listener);
    },
  };

  readonly entered: number[] = [];
  readonly typing: boolean[] = [];

  enterIncident(id: number): () => void {
    this.entered.push(id);
    return () => undefined;
  }

  tellTyping(_: number, isTyping: boolean): void {
    this.typing.push(isTyping);
  }

  /** What the server answers, by route. */
  readonly answers = new Map<RouteName, (call: object) => unknown>();
  readonly asked: { readonly route: RouteName; readonly call: object }[] = [];

  readonly api: Api = {
    call: async (route, call) => ({
      body: this.#answer(route, call) as never,
      position: undefined,
      epoch: undefined,
    }),
    download: async (route, call) => new Blob([JSON.stringify(this.#answer(route, call))]),
  };

  #answer(route: RouteName, call: object): unknown {
    const answer = this.answers.get(route);
    if (answer === undefined) {
      throw new Error(`there is no server here to answer ${route}`);
    }
    this.asked.push({ route, call });
    return answer(call);
  }

  #rowOf(id: number): IncidentRow | undefined {
    return this.rows.get().find(({ incident, saved }) => saved !== undefined && incident.id === id);
  }
}
