import type { Api } from "../../api/api.ts";
import { ApiProblem } from "../../api/problem.ts";
import type { Incident, User } from "../model.ts";
import type { Store } from "../store/store.ts";
import { rebase } from "./conflict.ts";
import type { Conflict, Deed, Intent } from "./deed.ts";

/** A refusal, with what there is to choose where somebody else was first. */
export class RefusedError extends Error {
  readonly problem: ApiProblem;
  readonly conflict: Conflict | undefined;

  constructor(problem: ApiProblem, conflict?: Conflict) {
    super(problem.message);
    this.problem = problem;
    this.conflict = conflict;
  }
}

/** What the server has made of a deed. */
export interface Done {
  readonly incidentId: number | undefined;
  /** Of a new comment. */
  readonly commentId?: number;
}

/**
 * Puts deeds to the server, and its answers into the store. A deed may be put again: a report or a comment is made once
 * because of its key, and of everything else it is looked at whether it has been done already.
 */
export class Sender {
  readonly #api: Api;
  readonly #store: Store;
  /** What one's own deeds have made of a version: somebody who edits twice is no conflict to himself. */
  readonly #ownSteps = new Map<string, Incident>();

  constructor(api: Api, store: Store) {
    this.#api = api;
    this.#store = store;
  }

  async send(deed: Deed, me: User | undefined): Promise<Done> {
    const { intent } = deed;
    const headers = { "Idempotency-Key": deed.id };
    switch (intent.kind) {
      case "report": {
        const { body } = await this.#api.call("POST /api/incidents", { body: intent.report, headers });
        return this.#take(body);
      }
      case "edit":
        return this.#edit(intent);
      case "start":
        return this.#changeStatus(intent.incidentId, "IN_PROGRESS");
      case "reopen":
        return this.#changeStatus(intent.incidentId, "OPEN");
      case "archive":
        return this.#changeStatus(intent.incidentId, "ARCHIVED");
      case "resolve":
        return this.#resolve(intent, me);
      case "assign": {
        const path = { id: intent.incidentId };
        const body = { userId: intent.userId };
        return this.#take((await this.#api.call("PUT /api/incidents/{id}/assignee", { path, body })).body);
      }
      case "comment": {
        const path = { id: intent.incidentId };
        const body = { content: intent.content };
        const answer = await this.#api.call("POST /api/incidents/{id}/comments", { path, body, headers });
        this.#store.addCommentOfAnswer(answer.body);
        return { incidentId: intent.incidentId, commentId: answer.body.id };
      }
      case "delete-comment": {
        const { incidentId, commentId } = intent;
        const path = { id: incidentId, commentId };
        if (await isDone(this.#api.call("DELETE /api/incidents/{id}/comments/{commentId}", { path }))) {
          this.#store.apply({ kind: "comment-deleted", incidentId, commentId }, 0);
        }
        return { incidentId };
      }
      case "mark-read":
        await this.#api.call("PATCH /api/notifications/{id}/read", { path: { id: intent.notificationId } });
        this.#store.markRead([intent.notificationId]);
        return { incidentId: undefined };
      case "mark-all-read": {
        const ids = this.#store.notifications.values().map(({ id }) => id);
        await this.#api.call("PATCH /api/notifications/read-all", {});
        this.#store.markRead(ids);
        return { incidentId: undefined };
      }
      case "dismiss": {
        const path = { id: intent.notificationId };
        if (await isDone(this.#api.call("DELETE /api/notifications/{id}", { path }))) {
          this.#store.apply({ kind: "dismissed", notificationIds: [intent.notificationId] }, 0);
        }
        return { incidentId: undefined };
      }
    }
  }

  async #edit({ incidentId, changes, basedOn }: Extract<Intent, { kind: "edit" }>): Promise<Done> {
    const path = { id: incidentId };
    let base = this.#afterOwnSteps(basedOn);
    let body = changes;
    for (;;) {
      try {
        const headers = { "If-Match": `"${base.version}"` };
        const answer = await this.#api.call("PATCH /api/incidents/{id}", { path, body, headers });
        this.#ownSteps.set(stepFrom(base), answer.body);
        return this.#take(answer.body);
      } catch (problem) {
        if (!(problem instanceof ApiProblem) || problem.code !== "STALE_VERSION") {
          throw problem;
        }
        const { body: theirs } = await this.#api.call("GET /api/incidents/{id}", { path });
        this.#take(theirs);
        const rebased = rebase(base, body, theirs);
        if (rebased.kind === "done") {
          return { incidentId };
        }
        if (rebased.kind === "conflict") {
          throw new RefusedError(problem, rebased.conflict);
        }
        body = rebased.changes;
        base = theirs;
      }
    }
  }

  #afterOwnSteps(basedOn: Incident): Incident {
    let base = basedOn;
    for (let next = this.#ownSteps.get(stepFrom(base)); next !== undefined; ) {
      base = next;
      next = this.#ownSteps.get(stepFrom(base));
    }
    return base;
  }

  async #changeStatus(incidentId: number, status: Incident["status"]): Promise<Done> {
    const answer = await this.#api.call("PATCH /api/incidents/{id}", {
      path: { id: incidentId },
      body: { status },
    });
    return this.#take(answer.body, 1);
  }

  /** What one has resolved a moment ago, when the answer was lost, is done. */
  async #resolve(
    { incidentId, resolution }: Extract<Intent, { kind: "resolve" }>,
    me: User | undefined,
  ): Promise<Done> {
    const path = { id: incidentId };
    const body = resolution === undefined ? {} : { resolution };
    try {
      return this.#take((await this.#api.call("PATCH /api/incidents/{id}/resolve", { path, body })).body, 1);
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.code === "CONFLICT") {
        const { body: incident } = await this.#api.call("GET /api/incidents/{id}", { path });
        this.#take(incident);
        const isMine =
          incident.resolved_by === me?.id && (resolution ?? incident.resolution) === incident.resolution;
        if (incident.status === "RESOLVED" && isMine) {
          return { incidentId };
        }
      }
      throw problem;
    }
  }

  /** `steps`: how many versions an own deed has made, where it was made without regard to the one before. */
  #take(incident: Incident, steps?: number): Done {
    const before = this.#store.incident(incident.id);
    if (steps !== undefined && before?.version === incident.version - steps) {
      this.#ownSteps.set(stepFrom(before), incident);
    }
    this.#store.putIncident(incident);
    return { incidentId: incident.id };
  }
}

function stepFrom({ id, version }: Incident): string {
  return `${id} ${version}`;
}

/** What is gone already is as good as done; that it is gone, its own event tells. */
async function isDone(deletion: Promise<unknown>): Promise<boolean> {
  try {
    await deletion;
    return true;
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.code === "NOT_FOUND") {
      return false;
    }
    throw problem;
  }
}
