import type { EventData } from "../../../api/generated/events.ts";
import type { EventEnvelope } from "../../../api/generated/rest.ts";
import { type Incident, SEVERITIES, type Severity } from "../../../sync/index.ts";
import { nameOfWord } from "../../../ui/words.ts";

/** What somebody did, as the end of a sentence that begins with him; a user's id stands for his name. */
export type Happening = readonly (string | { readonly userId: string })[];

/** The words for an event of an incident; of a type that is not known yet, its name. */
export function happeningOf({ eventType, data }: EventEnvelope): Happening {
  switch (eventType as keyof EventData) {
    case "incident.created":
      return ["reported this"];
    case "incident.updated":
      return [edited(data as EventData["incident.updated"])];
    case "incident.assigned": {
      const { assignedTo } = data as EventData["incident.assigned"];
      return assignedTo === null
        ? ["assigned this to nobody"]
        : ["assigned this to ", { userId: assignedTo }];
    }
    case "incident.resolved":
      return ["resolved this"];
    case "incident.archived":
      return ["archived this"];
    case "comment.deleted":
      return ["deleted a comment"];
    default:
      return [eventType];
  }
}

function edited({ updatedFields, previousValues }: EventData["incident.updated"]): string {
  const { title, description, severity, location, status } = updatedFields;
  const parts = [
    severity !== undefined && severityStep(previousValues.severity, severity),
    location !== undefined && `moved it to ${nameOfWord(location)}`,
    title !== undefined && `renamed it from “${previousValues.title ?? ""}”`,
    description !== undefined && "edited the description",
    status !== undefined && statusStep(previousValues.status, status),
  ].filter((part) => part !== false);
  const last = parts.pop();
  return last === undefined ? "edited this" : parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

function severityStep(before: Severity | undefined, now: Severity): string {
  const isRaised = before === undefined || SEVERITIES.indexOf(now) > SEVERITIES.indexOf(before);
  return `${isRaised ? "raised" : "lowered"} the severity to ${nameOfWord(now)}`;
}

function statusStep(before: Incident["status"] | undefined, now: Incident["status"]): string {
  if (now === "IN_PROGRESS") {
    return "started work on this";
  }
  return before === "RESOLVED" ? "reopened this" : "put this back to open";
}
