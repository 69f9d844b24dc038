import type { EventData } from "../../api/generated/events.ts";
import type { Message } from "../link/messages.ts";
import type { Incident, Person } from "../model.ts";
import { type Announcement, announcementsOf } from "./announcements.ts";
import type { FakeSocket } from "./fakeSocket.ts";
import type { Random } from "./random.ts";
import { type Envelope, personOf, Truth } from "./truth.ts";
import type { VirtualClock } from "./virtualClock.ts";

/** Everybody's page is that of this user. */
export const ME = personOf("harry.potter", "AUROR");

/** What the server remembers of a socket, also while it is away. */
export interface FakeSession {
  readonly id: string;
  socket: FakeSocket | undefined;
  /** Nothing at or below it is sent. */
  floor: number;
  room: number | undefined;
  followsFeed: boolean;
  /** What it has not been given. */
  readonly missed: Message[];
}

/**
 * A server that holds the truth and tells it as the real one does: state at once, positions a little later, messages later
 * still. What it is to do wrong (cut, block, lose, repeat) a test says.
 */
export class FakeServer {
  readonly clock: VirtualClock;
  readonly random: Random;
  truth = new Truth();
  epoch = "epoch-1";
  /** Positions up to here have been given. */
  head = 0;
  /** Events up to here cannot be read any more. */
  goneUpTo = 0;
  areSocketsBlocked = false;
  isRestBlocked = false;
  /** Connections are dead, and nobody has noticed: nothing comes through. */
  areSocketsDead = false;
  /** What all commands are answered, instead of being done. */
  refusal: { readonly status: number; readonly code: string } | undefined;
  /** Commands are done, and their answers take so long. */
  answersTake = 0;
  /** What clients ask by their sockets takes so long to arrive. */
  requestsTake = 0;
  /** How often an answer is lost, a message comes twice, an event cannot be announced. */
  faults = { lost: 0, twice: 0, unannounced: 0 };
  /** Messages overtake one another, short of what promises that nothing is before it. */
  isOrderKept = false;
  readonly online = new Map<string, Person>([[ME.id, ME]]);
  readonly viewers = new Map<number, Map<string, Person>>();
  readonly sessions = new Map<string, FakeSession>();
  /** What it was asked, in the order in which it was answered. */
  readonly asked: string[] = [];
  #events: Envelope[] = [];
  #broadcast = 0;
  #isSequencing = false;
  #isBroadcasting = false;
  #nextId = 1;

  constructor(clock: VirtualClock, random: Random) {
    this.clock = clock;
    this.random = random;
    this.#tellPositions();
  }

  get events(): readonly Envelope[] {
    return this.#events.slice(0, this.head);
  }

  // What is done

  report(by: Person, report: Pick<Incident, "title"> & Partial<Incident>): Incident {
    const at = this.#timestamp();
    const incident = {
      description: "",
      severity: "MISCHIEF",
      location: "HOGWARTS",
      ...report,
      id: Math.max(0, ...this.truth.incidents.keys()) + 1,
      status: "OPEN",
      reported_by: by.id,
      reported_at: at,
      assigned_to: null,
      updated_at: at,
      resolved_by: null,
      resolved_at: null,
      resolution: null,
      version: 1,
    } as const;
    this.#record("incident.created", by, incident);
    return incident;
  }

  edit(by: Person, id: number, changes: Partial<Incident>): Incident {
    const before = this.#incident(id);
    const incident = { ...before, ...changes, version: before.version + 1, updated_at: this.#timestamp() };
    const names = Object.keys(changes) as (keyof Incident)[];
    const previousValues = Object.fromEntries(names.map((name) => [name, before[name]]));
    this.#record("incident.updated", by, { id, updatedFields: changes, previousValues, incident });
    return incident;
  }

  resolve(by: Person, id: number, resolution: string): Incident {
    const before = this.#incident(id);
    const resolvedAt = this.#timestamp();
    const done = { status: "RESOLVED", resolved_by: by.id, resolved_at: resolvedAt, resolution } as const;
    const incident = { ...before, ...done, version: before.version + 1, updated_at: resolvedAt };
    const previousValues = { status: before.status, resolved_by: null, resolved_at: null, resolution: null };
    this.#record("incident.resolved", by, {
      incidentId: id,
      resolvedBy: by.id,
      resolvedAt,
      resolution,
      incident,
      previousValues,
    });
    return incident;
  }

  comment(by: Person, incidentId: number, content: string): number {
    const commentId = Math.max(0, ...this.truth.comments.keys(), ...this.#goneComments) + 1;
    const createdAt = this.#timestamp();
    this.#record("comment.created", by, {
      commentId,
      incidentId,
      content,
      author: by,
      createdAt,
      mentions: [],
    });
    return commentId;
  }

  readonly #goneComments = new Set<number>();

  deleteComment(by: Person, commentId: number): void {
    const comment = this.truth.comments.get(commentId);
    if (comment !== undefined) {
      this.#goneComments.add(commentId);
      this.#record("comment.deleted", by, { commentId, incidentId: comment.incidentId });
    }
  }

  notify(): void {
    const notificationId = `notification-${String(this.#nextId++).padStart(6, "0")}`;
    this.#record("notification.created", ME, {
      notificationId,
      userId: ME.id,
      type: "mention",
      message: `You were mentioned (${notificationId})`,
      link: "/incidents/1",
      createdAt: this.#timestamp(),
    });
  }

  markRead(...ids: readonly string[]): void {
    if (ids.length > 0) {
      this.#record("notification.read", ME, { userId: ME.id, ...severalOrOne(ids) });
    }
  }

  dismiss(...ids: readonly string[]): void {
    if (ids.length > 0) {
      this.#record("notification.dismissed", ME, { userId: ME.id, ...severalOrOne(ids) });
    }
  }

  come(person: Person, incidentId?: number): void {
    this.#peopleAt(incidentId).set(person.id, person);
    this.#tellPresence("presence:join", person, incidentId);
  }

  go(person: Person, incidentId?: number): void {
    this.#peopleAt(incidentId).delete(person.id);
    this.#tellPresence("presence:leave", person, incidentId);
  }

  #peopleAt(incidentId: number | undefined): Map<string, Person> {
    if (incidentId === undefined) {
      return this.online;
    }
    const people = this.viewers.get(incidentId) ?? new Map();
    this.viewers.set(incidentId, people);
    return people;
  }

  #incident(id: number): Incident {
    const incident = this.truth.incidents.get(id);
    if (incident === undefined) {
      throw new Error(`no incident ${id}`);
    }
    return incident;
  }

  #timestamp(): string {
    return new Date(this.clock.now()).toISOString();
  }

  #record<T extends keyof EventData>(eventType: T, by: Person, data: unknown): void {
    const event: Envelope = {
      eventId: `event-${this.#nextId++}`,
      eventType,
      timestamp: this.#timestamp(),
      source: "gryffindor-api",
      userId: by.id,
      metadata: { version: "1.0", traceId: null, actor: by },
      data,
    };
    this.#events.push(event);
    this.truth.apply(event);
    this.#sequenceSoon();
  }

  // How it is told

  /** The truth is there at once; positions come a little later, and messages later still. */
  #sequenceSoon(): void {
    if (!this.#isSequencing) {
      this.#isSequencing = true;
      this.clock.after(this.random.below(200), () => {
        this.#isSequencing = false;
        this.head = this.#events.length;
        this.#broadcastSoon();
      });
    }
  }

  #broadcastSoon(): void {
    if (!this.#isBroadcasting && this.#broadcast < this.head) {
      this.#isBroadcasting = true;
      this.clock.after(this.random.below(300), () => {
        this.#isBroadcasting = false;
        while (this.#broadcast < this.head) {
          this.#announce(++this.#broadcast);
        }
      });
    }
  }

  #announce(position: number): void {
    const event = this.#events[position - 1];
    if (event === undefined) {
      return;
    }
    const announcements: readonly Announcement[] = this.random.chance(this.faults.unannounced)
      ? [{ to: { kind: "everyone" }, name: "resync", payload: { position } }]
      : announcementsOf(event);
    for (const { to, name, payload } of announcements) {
      for (const session of this.sessions.values()) {
        const isForIt =
          to.kind === "everyone" ||
          (to.kind === "feed" && session.followsFeed) ||
          (to.kind === "aurors" && ME.role === "AUROR") ||
          (to.kind === "room" && session.room === to.incidentId);
        if (isForIt && position > session.floor) {
          this.send(session, { name, payload, position } as Message);
        }
      }
    }
  }

  /** To a socket, or for when it comes back. */
  send(session: FakeSession, message: Message): void {
    if (session.socket !== undefined) {
      session.socket.receive(message);
    } else if (message.position !== undefined) {
      session.missed.push(message);
    }
  }

  #tellPresence(
    name: "presence:join" | "presence:leave",
    user: Person,
    incidentId: number | undefined,
  ): void {
    const room = incidentId === undefined ? {} : { room: `incident:${incidentId}` };
    for (const session of this.sessions.values()) {
      if (incidentId === undefined || session.room === incidentId) {
        this.send(session, { name, payload: { userId: user.id, user, ...room }, position: undefined });
      }
    }
    if (incidentId === undefined) {
      this.tellCounts(false);
    }
  }

  tellCounts(stale: boolean): void {
    const payload = { ...this.counts(), stale };
    for (const session of this.sessions.values()) {
      this.send(session, { name: "presence:counts", payload, position: undefined });
    }
  }

  tellTyping({ id, name }: Person, incidentId: number, isTyping: boolean): void {
    const payload = { userId: id, userName: name, incidentId: String(incidentId), isTyping };
    for (const session of [...this.sessions.values()].filter(({ room }) => room === incidentId)) {
      this.send(session, { name: "presence:typing", payload, position: undefined });
    }
  }

  counts(): { readonly total: number; readonly byRole: Partial<Record<Person["role"], number>> } {
    const byRole: Partial<Record<Person["role"], number>> = {};
    for (const { role } of this.online.values()) {
      byRole[role] = (byRole[role] ?? 0) + 1;
    }
    return { total: this.online.size, byRole };
  }

  #tellPositions(): void {
    this.clock.after(10_000, () => {
      for (const session of this.sessions.values()) {
        if (session.socket !== undefined) {
          const payload = { position: this.#broadcast, head: this.head };
          this.send(session, { name: "log:position", payload, position: this.#broadcast });
        }
      }
      this.#tellPositions();
    });
  }

  // Sockets

  /** A socket has come: back to what it had, or anew. */
  accept(socket: FakeSocket, sessionId: string | undefined, mayRecover: boolean): FakeSession {
    const known = this.sessions.get(sessionId ?? "");
    const recovered = mayRecover ? known : undefined;
    if (known !== undefined && recovered === undefined) {
      this.sessions.delete(known.id);
    }
    const session = recovered ?? this.#newSession();
    session.socket = socket;
    for (const message of session.missed.splice(0)) {
      socket.receive(message);
    }
    socket.receive({
      name: "connection:acknowledged",
      payload: {
        socketId: session.id,
        user: ME,
        epoch: this.epoch,
        position: recovered === undefined ? session.floor : this.#broadcast,
        recovered: recovered !== undefined,
      },
      position: undefined,
    });
    return session;
  }

  #newSession(): FakeSession {
    const session: FakeSession = {
      id: `session-${this.#nextId++}`,
      socket: undefined,
      floor: this.head,
      room: undefined,
      followsFeed: false,
      missed: [],
    };
    this.sessions.set(session.id, session);
    return session;
  }

  cutSockets(): void {
    for (const { socket } of [...this.sessions.values()]) {
      socket?.cut();
    }
  }

  /** From a backup: what happened since is undone, and the log has another life. */
  restore(): void {
    const kept = this.random.below(this.head + 1);
    this.cutSockets();
    this.sessions.clear();
    this.#events = this.#events.slice(0, kept);
    this.truth = Truth.of(this.#events);
    this.#goneComments.clear();
    this.head = kept;
    this.#broadcast = kept;
    this.goneUpTo = Math.min(this.goneUpTo, kept);
    this.epoch = `epoch-${this.#nextId++}`;
  }
}

function severalOrOne(ids: readonly string[]) {
  return ids.length === 1 ? { notificationId: ids[0] } : { notificationIds: ids };
}
