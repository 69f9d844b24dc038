import { ApiProblem } from "../../api/problem.ts";
import { Cell } from "../../live/live.ts";
import { changeOfMessage } from "../change/changeOfMessage.ts";
import type { Clock } from "../clock.ts";
import type { Connection, Via } from "../connection.ts";
import type { PresenceBoard } from "../presence/presenceBoard.ts";
import type { Catcher, Progress } from "./catcher.ts";
import type { Acknowledged, Message } from "./messages.ts";
import type { Room } from "./room.ts";
import { NoAnswerError, type OpenSocket, type SocketPort } from "./socketPort.ts";

/** The first try comes at once; then the waits double. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 10_000;
/** So long the page waits for the socket alone. */
const PATIENCE = 2_500;
/** With the log to follow nothing is urgent. */
const LONGEST_WAIT_BESIDE_LOG = 60_000;
/** Between two looks at the log, when much happens and when nothing does. */
const LOG_SOON = 1_000;
const LOG_LATER = 5_000;
/** Presence is a state: without a socket it is asked for, less often. */
const PRESENCE_EVERY = 10_000;
/** A socket that answers no faster after a sleep is dead. */
const ALIVE_WITHIN = 3_000;

/** Whom the server throws out sooner than this, it does not want: no new token helps. */
const WANTED_AFTER = 5_000;

/** What the link needs of a session. */
export interface TokenSource {
  current(): Promise<string | undefined>;
  replace(refused: string): Promise<string | undefined>;
}

interface Parts {
  readonly clock: Clock;
  readonly tokens: TokenSource;
  readonly openSocket: OpenSocket;
  readonly catcher: Catcher;
  readonly room: Room;
  readonly presence: PresenceBoard;
  /** What the server says of oneself on connecting. */
  readonly onAcknowledged: (acknowledged: Acknowledged) => void;
  readonly random: () => number;
}

/**
 * The connection to the server, by whatever works: the socket, and while that does not, the log, asked for every few
 * seconds. It sees to it that nothing is missed in between.
 */
export class Link {
  readonly state = new Cell<Connection>({ kind: "signed-out" });
  readonly #parts: Parts;
  readonly #socket: SocketPort;
  readonly #random: () => number;
  #isRunning = false;
  /** What is done for the connection that there is; aborted when it is gone. */
  #turn = new AbortController();
  #cancelTry: () => void = () => undefined;
  #isTrying = false;
  #failures = 0;
  #usedToken: string | undefined;
  #acknowledgedAt = Number.NEGATIVE_INFINITY;
  #via: Exclude<Via, "log"> = "websocket";
  #isSubscribed = false;
  /** What is shown is complete and is kept so. */
  #isCurrent = false;
  /** The log is read instead, for the first time or again and again. */
  #isReadingLog = false;
  /** It was read to its end, and is read again every few seconds. */
  #isFollowingLog = false;
  #freshAt: number | undefined;
  #roomWork: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#random = parts.random;
    this.#socket = parts.openSocket(
      async () => {
        this.#usedToken = await parts.tokens.current();
        return this.#usedToken;
      },
      {
        onConnected: (recovered) => this.#connected(recovered),
        onMessage: (message) => this.#hear(message),
        onClosed: (byServer) => this.#close(byServer),
        onFailed: (refusal) => this.#fail(refusal),
        onTransport: (via) => {
          this.#via = via;
          if (this.state.get().kind === "live" && !this.#isFollowingLog) {
            this.state.set({ kind: "live", via });
          }
        },
        onSignOfLife: () => this.#noteLife(),
      },
    );
  }

  start(): void {
    this.#isRunning = true;
    this.#failures = 0;
    this.state.set({ kind: "connecting" });
    this.#try();
  }

  /** Leaves the server, and forgets how it was. */
  stop(): void {
    this.#isRunning = false;
    this.#endTurn();
    this.#cancelTry();
    this.#isTrying = false;
    this.#isSubscribed = false;
    this.#isCurrent = false;
    this.#freshAt = undefined;
    this.#parts.room.forgetJoined();
    this.#parts.room.forgetLoaded();
    this.#socket.leave();
    this.state.set({ kind: "signed-out" });
  }

  retryNow(): void {
    if (this.#isRunning && !this.#socket.isConnected && !this.#isTrying) {
      this.#cancelTry();
      this.#try();
    }
  }

  /** The machine may have slept, and the connection be dead without knowing. */
  async wake(): Promise<void> {
    if (!this.#socket.isConnected) {
      this.retryNow();
      return;
    }
    const isAlive = await Promise.race([
      this.#socket.request("heartbeat").then(
        () => true,
        () => false,
      ),
      new Promise<boolean>((resolve) => this.#parts.clock.after(ALIVE_WITHIN, () => resolve(false))),
    ]);
    if (!isAlive && this.#socket.isConnected) {
      this.#socket.cut();
    }
  }

  /** A fresh token, so that the server does not end what the old one began. */
  renewToken(token: string): void {
    this.#usedToken = token;
    this.#socket.tell("authenticate", { token });
  }

  enter(incidentId: number): () => void {
    this.#parts.room.want(incidentId);
    this.#settleRoom();
    return () => this.#parts.room.leave(incidentId, this.#socket);
  }

  tellTyping(incidentId: number, isTyping: boolean): void {
    this.#parts.room.tellTyping(incidentId, isTyping, this.#socket);
  }

  // Hearing

  /** What a new session lacks it lacks also when it is cut, and recovered, before it was acknowledged. */
  #connected(recovered: boolean): void {
    if (!recovered) {
      this.#isSubscribed = false;
      this.#isCurrent = false;
      this.#parts.room.forgetJoined();
    }
  }

  #hear(message: Message): void {
    this.#noteLife();
    const { catcher, presence } = this.#parts;
    if (presence.hear(message)) {
      this.#askPresence();
    }
    switch (message.name) {
      case "connection:acknowledged":
        this.#parts.onAcknowledged(message.payload);
        this.#begin(message.payload);
        break;
      case "log:position":
        if (this.#isCurrent) {
          catcher.promise(message.payload.position, message.payload.head);
        }
        break;
      case "resync":
        this.#restart(true);
        break;
      default: {
        const change = changeOfMessage(message);
        if (change !== undefined && message.position !== undefined) {
          catcher.hear(change, message.position, this.#isCurrent);
        }
      }
    }
  }

  #noteLife(): void {
    this.#freshAt = this.#parts.clock.now();
  }

  // Becoming current

  #begin(acknowledged: Acknowledged): void {
    this.#isTrying = false;
    this.#failures = 0;
    this.#acknowledgedAt = this.#parts.clock.now();
    this.#cancelTry();
    const signal = this.#newTurn();
    if (this.#isCurrent) {
      this.#parts.catcher.promise(acknowledged.position);
      this.#becomeLive(this.#via);
      this.#settleRoom();
      this.#askPresence();
      return;
    }
    void this.#becomeCurrent(acknowledged, signal);
  }

  /** Rooms first, then the state: what happens in between is heard. */
  async #becomeCurrent(
    ahead: { readonly epoch: string; readonly position: number } | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { room } = this.#parts;
    this.#isCurrent = false;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        if (!this.#isSubscribed) {
          await this.#socket.request("feed:subscribe");
          if (signal.aborted) {
            return;
          }
          this.#isSubscribed = true;
        }
        await room.join(this.#socket, signal);
        if (signal.aborted) {
          return;
        }
        await this.#catchUp(ahead, false, signal);
        await room.load(signal);
        if (!signal.aborted) {
          this.#isCurrent = true;
          this.#becomeLive(this.#via);
          this.#settleRoom();
          this.#askPresence();
        }
        return;
      } catch (failure) {
        await this.#pause(this.#waitAfter(failures, LONGEST_WAIT), signal, failure);
      }
    }
  }

  async #catchUp(
    ahead: { readonly epoch: string; readonly position: number } | undefined,
    live: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { catcher, room } = this.#parts;
    const asOf = this.#freshAt;
    const isFirst = !catcher.isLoaded;
    const progress: Progress = (done, total) => {
      if (!signal.aborted && !isFirst && asOf !== undefined) {
        this.state.set({ kind: "catching-up", done, total, asOf });
      }
    };
    if ((await catcher.bringUpToDate(ahead, live, progress, signal)) === "snapshot") {
      room.forgetLoaded();
    }
  }

  /** Something cannot be told: everything is read again. */
  #restart(fromScratch: boolean): void {
    const signal = this.#newTurn();
    const { epoch } = this.#parts.catcher.standing.get();
    this.#parts.room.forgetLoaded();
    const far = { epoch: epoch ?? "", position: Number.POSITIVE_INFINITY };
    void this.#becomeCurrent(fromScratch && epoch !== undefined ? far : undefined, signal);
  }

  #becomeLive(via: Via): void {
    this.#noteLife();
    const before = this.state.get();
    if (before.kind !== "live" || before.via !== via) {
      this.state.set({ kind: "live", via });
    }
  }

  #settleRoom(): void {
    const { signal } = this.#turn;
    const { room } = this.#parts;
    this.#roomWork = this.#roomWork.then(async () => {
      for (let failures = 0; !signal.aborted && (this.#isCurrent || this.#isFollowingLog); failures++) {
        try {
          if (this.#socket.isConnected) {
            await room.join(this.#socket, signal);
          }
          const isNew = room.isToBeLoaded;
          await room.load(signal);
          if (isNew) {
            this.#askPresence();
          }
          return;
        } catch (failure) {
          await this.#pause(this.#waitAfter(failures, LONGEST_WAIT), signal, failure);
        }
      }
    });
  }

  #askPresence(): void {
    const { signal } = this.#turn;
    void (async () => {
      for (let failures = 0; !signal.aborted; failures++) {
        try {
          await this.#parts.presence.ask(this.#parts.room.wanted, signal);
          return;
        } catch (failure) {
          await this.#pause(this.#waitAfter(failures, LONGEST_WAIT), signal, failure);
        }
      }
    })();
  }

  // Trying

  #try(): void {
    this.#isTrying = true;
    this.#showOffline(undefined);
    this.#socket.connect();
    this.#cancelTry = this.#parts.clock.after(PATIENCE, () => this.#readLogMeanwhile());
  }

  /** A network that swallows sockets without a word lets the page wait for long. */
  #readLogMeanwhile(): void {
    if (!this.#isReadingLog) {
      void this.#followLog(this.#newTurn());
    }
  }

  #close(byServer: boolean): void {
    this.#endTurn();
    this.#isTrying = false;
    if (!this.#isRunning) {
      return;
    }
    if (byServer) {
      // It will not be recovered; and its token may be why.
      this.#isSubscribed = false;
      if (this.#parts.clock.now() - this.#acknowledgedAt < WANTED_AFTER) {
        this.#failures = 2;
      }
      void this.#tryWithOtherToken();
    } else {
      this.#planTry();
    }
  }

  #fail(refusal: string | undefined): void {
    this.#isTrying = false;
    if (!this.#isRunning) {
      return;
    }
    this.#failures++;
    if (refusal !== undefined) {
      void this.#tryWithOtherToken();
      return;
    }
    this.#planTry();
    this.#readLogMeanwhile();
  }

  async #tryWithOtherToken(): Promise<void> {
    this.#isTrying = true;
    const token =
      this.#usedToken === undefined ? undefined : await this.#parts.tokens.replace(this.#usedToken);
    this.#isTrying = false;
    // Without one, the session has ended, or there is no way to find out now.
    if (this.#isRunning && !this.#socket.isConnected) {
      if (token !== undefined && this.#failures <= 1) {
        this.#try();
      } else {
        this.#planTry();
      }
    }
  }

  #planTry(): void {
    const longest = this.#isFollowingLog ? LONGEST_WAIT_BESIDE_LOG : LONGEST_WAIT;
    const wait =
      this.#failures === 0 ? FIRST_WAIT * this.#random() : this.#waitAfter(this.#failures, longest);
    const { clock } = this.#parts;
    this.#showOffline(this.#isTrying ? undefined : clock.now() + wait);
    if (!this.#isTrying) {
      this.#cancelTry();
      this.#cancelTry = clock.after(wait, () => this.#try());
    }
  }

  #waitAfter(failures: number, longest: number): number {
    const wait = Math.min(longest, FIRST_WAIT * 2 ** failures);
    // Not all at once, after a restart of the server.
    return wait * (0.5 + this.#random() / 2);
  }

  /** What is not live says so; before anything was there, and beside the log, nothing is to be said. */
  #showOffline(nextTryAt: number | undefined): void {
    const isFirst = this.state.get().kind === "connecting" && this.#failures === 0;
    if (!isFirst && !this.#isFollowingLog) {
      this.state.set({ kind: "offline", asOf: this.#freshAt, nextTryAt });
    }
  }

  // Without a socket

  /** Until the socket is back, or the server cannot be reached at all. */
  async #followLog(signal: AbortSignal): Promise<void> {
    const { clock, catcher, room } = this.#parts;
    let wait = LOG_SOON;
    let presenceAt = Number.NEGATIVE_INFINITY;
    this.#isReadingLog = true;
    try {
      while (!signal.aborted) {
        const before = catcher.standing.get().position;
        await this.#catchUp(undefined, this.#isFollowingLog, signal);
        await room.load(signal);
        if (signal.aborted) {
          return;
        }
        this.#isFollowingLog = true;
        // What the socket would recover is there already, and more.
        this.#isCurrent = false;
        this.#becomeLive("log");
        if (clock.now() - presenceAt >= PRESENCE_EVERY) {
          presenceAt = clock.now();
          this.#askPresence();
        }
        wait = catcher.standing.get().position === before ? Math.min(wait * 1.5, LOG_LATER) : LOG_SOON;
        await this.#sleep(wait, signal);
      }
    } catch {
      if (!signal.aborted) {
        this.#endTurn();
        this.#planTry();
      }
    }
  }

  // Turns

  #newTurn(): AbortSignal {
    this.#endTurn();
    this.#turn = new AbortController();
    return this.#turn.signal;
  }

  #endTurn(): void {
    this.#isReadingLog = false;
    this.#isFollowingLog = false;
    this.#turn.abort();
  }

  /** After a failure; if that was the end of the turn, it was none. */
  async #pause(wait: number, signal: AbortSignal, failure: unknown): Promise<void> {
    if (!signal.aborted) {
      if (!(failure instanceof ApiProblem || failure instanceof NoAnswerError)) {
        console.warn("the map is not up to date yet, and tries again:", failure);
      }
      await this.#sleep(wait, signal);
    }
  }

  #sleep(wait: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#parts.clock.after(wait, resolve);
      signal.addEventListener("abort", () => {
        cancel();
        resolve();
      });
    });
  }
}
