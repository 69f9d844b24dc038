import type { Message } from "../link/messages.ts";
import {
  type Acknowledgement,
  NoAnswerError,
  type OpenSocket,
  type SocketListener,
  type SocketPort,
} from "../link/socketPort.ts";
import type { FakeServer, FakeSession } from "./fakeServer.ts";

/** Then a request has failed. */
const ANSWER_WITHIN = 8_000;

/** The official client and the network under it, as far as the page can tell them from others. */
export class FakeSocket implements SocketPort {
  readonly #server: FakeServer;
  readonly #token: () => Promise<string | undefined>;
  readonly #listener: SocketListener;
  #session: FakeSession | undefined;
  #sessionId: string | undefined;
  #isConnecting = false;
  /** Ends with each connection. */
  #connection = {};
  readonly #underWay = new Set<Message>();
  readonly #rejections = new Set<(reason: Error) => void>();
  /** Nothing that follows may come before. */
  #barrier = 0;
  #latest = 0;
  #latestState = 0;
  #sentUntil = 0;

  constructor(server: FakeServer, token: () => Promise<string | undefined>, listener: SocketListener) {
    this.#server = server;
    this.#token = token;
    this.#listener = listener;
  }

  get isConnected(): boolean {
    return this.#session !== undefined;
  }

  connect(): void {
    if (this.isConnected || this.#isConnecting) {
      return;
    }
    this.#isConnecting = true;
    const connection = this.#newConnection();
    const slowness = this.#server.random.chance(0.1) ? 8_000 : 300;
    const answer = () => {
      void this.#token().then((token) => {
        if (this.#connection !== connection) {
          return;
        }
        this.#isConnecting = false;
        if (this.#server.areSocketsBlocked) {
          this.#listener.onFailed(undefined);
        } else if (token === undefined) {
          this.#listener.onFailed("Authentication token required");
        } else {
          this.#session = this.#server.accept(this, this.#sessionId, this.#server.random.chance(0.5));
          this.#listener.onConnected(this.#session.id === this.#sessionId);
          this.#sessionId = this.#session.id;
          this.#listener.onTransport("websocket");
        }
      });
    };
    this.#later(connection, answer, slowness);
  }

  leave(): void {
    const left = this.#session?.id;
    this.#disconnect();
    this.#sessionId = undefined;
    if (left !== undefined) {
      this.#server.sessions.delete(left);
    }
  }

  cut(): void {
    if (this.isConnected) {
      this.#disconnect();
      this.#listener.onClosed(false);
    }
  }

  #disconnect(): void {
    const session = this.#session;
    if (session !== undefined) {
      session.socket = undefined;
      const lost = [...this.#underWay].filter(({ position }) => position !== undefined);
      session.missed.unshift(...lost.sort((one, other) => (one.position ?? 0) - (other.position ?? 0)));
    }
    this.#underWay.clear();
    this.#session = undefined;
    this.#isConnecting = false;
    this.#connection = {};
    for (const reject of this.#rejections) {
      reject(new NoAnswerError());
    }
    this.#rejections.clear();
  }

  #newConnection(): object {
    this.#connection = {};
    this.#barrier = 0;
    this.#latest = 0;
    this.#latestState = 0;
    this.#sentUntil = 0;
    return this.#connection;
  }

  // Messages

  receive(message: Message): void {
    const { random, clock, faults, isOrderKept, areSocketsDead } = this.#server;
    if (areSocketsDead) {
      this.#underWay.add(message);
      return;
    }
    const isBarrier = isOrderKept || ["connection:acknowledged", "log:position"].includes(message.name);
    const isState = message.position === undefined;
    const soonest = Math.max(this.#barrier, isBarrier ? this.#latest : 0, isState ? this.#latestState : 0);
    const at = Math.max(clock.now() + random.below(400), soonest);
    this.#latest = Math.max(this.#latest, at);
    this.#barrier = isBarrier ? at : this.#barrier;
    this.#latestState = isState ? at : this.#latestState;
    this.#underWay.add(message);
    const connection = this.#connection;
    clock.after(at - clock.now(), () => {
      if (this.#connection === connection) {
        this.#underWay.delete(message);
        this.#listener.onMessage(message);
      }
    });
    if (!isState && message.name !== "log:position" && random.chance(faults.twice)) {
      this.#later(connection, () => this.#listener.onMessage(message), 5_000);
    }
  }

  tell(event: string, payload?: unknown): void {
    if (this.isConnected) {
      void this.request(event, payload).catch(() => undefined);
    }
  }

  request(event: string, payload?: unknown): Promise<Acknowledgement> {
    if (!this.isConnected) {
      return Promise.reject(new NoAnswerError());
    }
    const connection = this.#connection;
    return new Promise((resolve, reject) => {
      this.#rejections.add(reject);
      this.#server.clock.after(ANSWER_WITHIN, () => reject(new NoAnswerError()));
      if (this.#server.areSocketsDead) {
        return;
      }
      // What a client sends arrives in its order.
      const { clock, random, requestsTake } = this.#server;
      this.#sentUntil = Math.max(this.#sentUntil, clock.now() + requestsTake + random.below(300));
      this.#after(this.#sentUntil - clock.now(), connection, () => {
        const answer = this.#answer(event, payload);
        this.#later(connection, () => {
          this.#rejections.delete(reject);
          resolve(answer);
        });
      });
    });
  }

  #answer(event: string, payload: unknown): Acknowledgement {
    const session = this.#session;
    const room = Number(/incident:(\d+)/.exec(JSON.stringify(payload ?? ""))?.[1]);
    if (session === undefined) {
      return { ok: false, code: "UNAVAILABLE", message: "gone" };
    }
    this.#server.asked.push(`${event} ${room}`);
    switch (event) {
      case "feed:subscribe":
        session.followsFeed = true;
        break;
      case "room:join":
        if (!this.#server.truth.incidents.has(room)) {
          return { ok: false, code: "NOT_FOUND", message: "no such room" };
        }
        session.room = room;
        break;
      case "room:leave":
        session.room = session.room === room ? undefined : session.room;
        break;
    }
    return { ok: true };
  }

  #later(connection: object, deed: () => void, most = 300): void {
    this.#after(this.#server.random.below(most), connection, deed);
  }

  #after(delay: number, connection: object, deed: () => void): void {
    this.#server.clock.after(delay, () => {
      if (this.#connection === connection) {
        deed();
      }
    });
  }
}

export function fakeSockets(server: FakeServer): OpenSocket {
  return (token, listener) => new FakeSocket(server, token, listener);
}
