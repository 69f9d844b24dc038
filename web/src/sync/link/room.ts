import type { Api } from "../../api/api.ts";
import type { Comment } from "../../api/generated/rest.ts";
import { ApiProblem } from "../../api/problem.ts";
import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";
import type { SocketPort } from "./socketPort.ts";

const PAGE = 200;
/** Well below the time after which the server lets typing end. */
const BETWEEN_TYPING = 1_500;

/** That somebody looks at an incident, from when he comes until he goes. */
export interface Visit {
  readonly incidentId: number;
}

/**
 * The incident that somebody looks at. The socket enters its room first and the thread is read then, so that nothing falls
 * in between.
 */
export class Room {
  readonly #api: Api;
  readonly #store: Store;
  readonly #clock: Clock;
  #visit: Visit | undefined;
  /** The room that the socket is in, as far as the server has said. */
  #joined: number | undefined;
  /** The incident whose thread is complete, and stays so by what comes in. */
  #loaded: number | undefined;
  #typingToldAt = Number.NEGATIVE_INFINITY;

  constructor(api: Api, store: Store, clock: Clock) {
    this.#api = api;
    this.#store = store;
    this.#clock = clock;
  }

  get wanted(): number | undefined {
    return this.#visit?.incidentId;
  }

  get isToBeLoaded(): boolean {
    return this.wanted !== undefined && this.#loaded !== this.wanted;
  }

  /** Somebody looks at it now; the visit is what he ends with. */
  want(incidentId: number): Visit {
    const visit: Visit = { incidentId };
    this.#visit = visit;
    this.#store.openThread(incidentId);
    return visit;
  }

  /** Nobody looks at it any more, unless somebody has come since. */
  leave(visit: Visit, socket: SocketPort): void {
    if (this.#visit === visit) {
      this.#visit = undefined;
      this.#loaded = undefined;
      this.#leaveUnlessWanted(socket);
    }
  }

  #leaveUnlessWanted(socket: SocketPort): void {
    if (this.#joined !== undefined && this.#visit === undefined) {
      socket.tell("room:leave", { room: nameOf(this.#joined) });
      this.#joined = undefined;
    }
  }

  /** The server does not know any more that the socket was in a room. */
  forgetJoined(): void {
    this.#joined = undefined;
  }

  /** The thread has to be read anew. */
  forgetLoaded(): void {
    this.#loaded = undefined;
  }

  /** Enters the room with a socket, if there is one that is wanted. */
  async join(socket: SocketPort, signal: AbortSignal): Promise<void> {
    while (this.wanted !== undefined && this.#joined !== this.wanted) {
      const incidentId = this.wanted;
      this.#loaded = undefined;
      const answer = await socket.request("room:join", { room: nameOf(incidentId) });
      if (signal.aborted) {
        return;
      }
      if (!answer.ok) {
        // Most likely there is no such incident: reading the thread will say so.
        return;
      }
      this.#joined = incidentId;
    }
    // He may have gone while the server was asked.
    this.#leaveUnlessWanted(socket);
  }

  /** Reads the thread that is wanted, if it is not there. */
  async load(signal: AbortSignal): Promise<void> {
    for (
      let incidentId = this.wanted;
      this.isToBeLoaded && incidentId !== undefined;
      incidentId = this.wanted
    ) {
      try {
        await this.#read(incidentId, signal);
      } catch (problem) {
        if (!(problem instanceof ApiProblem) || problem.isPassing) {
          throw problem;
        }
        this.#store.setThreadMissing(incidentId);
      }
      if (this.wanted === incidentId && !signal.aborted) {
        this.#loaded = incidentId;
      }
    }
  }

  async #read(incidentId: number, signal: AbortSignal): Promise<void> {
    const path = { id: incidentId };
    const mark = this.#store.openThread(incidentId).comments.mark();
    const { body: incident } = await this.#api.call("GET /api/incidents/{id}", { path, signal });
    this.#store.putIncident(incident);
    const comments: Comment[] = [];
    let position = Number.POSITIVE_INFINITY;
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor !== null && { cursor }) };
      const page = await this.#api.call("GET /api/incidents/{id}/comments", { path, query, signal });
      comments.push(...page.body.comments);
      position = Math.min(position, page.position ?? 0);
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    this.#store.mergeThread(incidentId, comments, position, mark);
  }

  tellTyping(incidentId: number, isTyping: boolean, socket: SocketPort): void {
    if (this.#joined !== incidentId) {
      return;
    }
    const now = this.#clock.now();
    if (!isTyping) {
      this.#typingToldAt = Number.NEGATIVE_INFINITY;
      socket.tell("typing:stop", { incidentId: String(incidentId) });
    } else if (now - this.#typingToldAt >= BETWEEN_TYPING) {
      this.#typingToldAt = now;
      socket.tell("typing:start", { incidentId: String(incidentId) });
    }
  }
}

function nameOf(incidentId: number): string {
  return `incident:${incidentId}`;
}
