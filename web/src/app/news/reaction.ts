import {
  type Incident,
  isUrgentSeverity,
  type NewsItem,
  type Notification,
  type Person,
} from "../../sync/index.ts";
import { nameOfWord } from "../../ui/words.ts";
import type { Tone } from "../sound/tone.ts";
import type { Toast } from "../toasts/toast.ts";

/** What the page does about something that has happened, besides showing it where it belongs. */
export interface Reaction {
  readonly toast?: Toast;
  readonly tone?: Tone;
  /** To be said when there is a pause. */
  readonly saying?: string;
  /** To be said at once; `subject` is what it is about. */
  readonly alarm?: { readonly text: string; readonly subject: string };
  /** An incident has arrived, to be counted in the feed's summary. */
  readonly isArrival?: boolean;
  /** Worth to be shown outside of the page, while it is not looked at. */
  readonly isForDesktop?: boolean;
}

const SHORT = 8_000;
const LONG = 20_000;

/** Nothing for one's own deeds, nor for what was missed and is caught up with: the bell has that. */
export function reactionTo(item: NewsItem, openIncident: number | undefined): Reaction {
  if (item.own || !item.live) {
    return {};
  }
  switch (item.kind) {
    case "reported":
      return arrivalOf(item.incident, item.by);
    case "escalated":
      return {
        toast: {
          ...toastAbout(item.incident),
          title: `${nameOfWord(item.incident.severity)}, says ${nameOf(item.by)}`,
          isUrgent: true,
          lasts: LONG,
        },
        tone: "urgent",
        alarm: alarmOf(item.incident),
        isForDesktop: true,
      };
    case "changed": {
      const isWatched = item.incident.id === openIncident && item.fields.includes("description");
      return isWatched ? watched(item.incident, `${nameOf(item.by)} edited the description`) : {};
    }
    case "resolved":
      return item.incident.id === openIncident
        ? watched(item.incident, `${nameOf(item.by)} resolved this`)
        : {};
    case "commented":
      return item.comment.incidentId === openIncident
        ? { saying: `New comment from ${item.comment.author.name}` }
        : {};
    case "notified":
      return noticeOf(item.notification);
  }
}

function arrivalOf(incident: Incident, reporter: Person | undefined): Reaction {
  const isUrgent = isUrgentSeverity(incident.severity);
  return {
    toast: {
      ...toastAbout(incident),
      title: `New incident from ${nameOf(reporter)}`,
      isUrgent,
      lasts: isUrgent ? LONG : SHORT,
    },
    isArrival: true,
    ...(isUrgent && { tone: "urgent" as const, alarm: alarmOf(incident), isForDesktop: true }),
  };
}

/** The server does not always say who it was. */
function nameOf(person: Person | undefined): string {
  return person?.name ?? "Somebody";
}

/** For the one who looks at it. */
function watched(incident: Incident, title: string): Reaction {
  return { toast: { ...toastAbout(incident), title, lasts: SHORT }, saying: title };
}

function noticeOf({ id, type, message, link }: Notification): Reaction {
  const incidentId = incidentIn(link);
  const toast = {
    key: keyOf(incidentId ?? link),
    title: TITLES[type],
    detail: message,
    link,
    notificationIds: [id],
    lasts: type === "escalation" ? LONG : SHORT,
    isUrgent: type === "escalation",
  };
  return type === "escalation"
    ? {
        toast,
        tone: "urgent",
        alarm: { text: message, subject: toast.key },
        isForDesktop: true,
      }
    : { toast, tone: type, saying: message, isForDesktop: true };
}

const TITLES: Readonly<Record<Notification["type"], string>> = {
  mention: "You were mentioned",
  assignment: "Assigned to you",
  escalation: "Escalated",
};

function toastAbout(incident: Incident): Pick<Toast, "key" | "detail" | "link"> {
  return { key: keyOf(incident.id), detail: incident.title, link: `/incidents/${incident.id}` };
}

function alarmOf(incident: Incident) {
  const { severity, title, location } = incident;
  return { text: `${nameOfWord(severity)}: ${title}, ${nameOfWord(location)}`, subject: keyOf(incident.id) };
}

function keyOf(subject: number | string): string {
  return `incident ${subject}`;
}

function incidentIn(link: string): number | undefined {
  const id = /^\/incidents\/(\d+)/.exec(link)?.[1];
  return id === undefined ? undefined : Number(id);
}
