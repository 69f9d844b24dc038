import type { Intent } from "../../sync/index.ts";

/** What could not be done, for whoever wanted it. */
export function sayingOf(intent: Intent): string {
  switch (intent.kind) {
    case "report":
      return `“${intent.report.title ?? ""}” is not reported.`;
    case "edit":
      return `Your edit of #${intent.incidentId} is not saved.`;
    case "start":
      return `#${intent.incidentId} is not started.`;
    case "reopen":
      return `#${intent.incidentId} is not reopened.`;
    case "archive":
      return `#${intent.incidentId} is not archived.`;
    case "resolve":
      return `#${intent.incidentId} is not resolved.`;
    case "assign":
      return `#${intent.incidentId} is not assigned.`;
    case "comment":
      return `Your comment on #${intent.incidentId} is not posted: “${shortened(intent.content)}”`;
    case "delete-comment":
      return `Your comment on #${intent.incidentId} is not deleted.`;
    case "mark-read":
    case "mark-all-read":
      return "The notifications are not marked as read.";
    case "dismiss":
      return "The notification is not dismissed.";
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
