import type { Deed } from "../deeds/deed.ts";
import type { Notification } from "../model.ts";
import { sameOr } from "../store/view.ts";
import type { Notifications } from "../sync.ts";

/** The server's notifications with one's own deeds over them, newest first. */
export function notificationsWithDeeds(
  saved: readonly Notification[],
  deeds: readonly Deed[],
  previous: Notifications | undefined,
): Notifications {
  const shown = deeds.filter(({ state }) => state.kind !== "failed").map(({ intent }) => intent);
  const idsOf = (kind: "dismiss" | "mark-read") =>
    new Set(shown.flatMap((intent) => (intent.kind === kind ? [intent.notificationId] : [])));
  const dismissed = idsOf("dismiss");
  const read = idsOf("mark-read");
  const isAllRead = shown.some(({ kind }) => kind === "mark-all-read");
  const items = saved
    .filter(({ id }) => !dismissed.has(id))
    .map((each) => (!each.isRead && (isAllRead || read.has(each.id)) ? { ...each, isRead: true } : each))
    .sort((one, other) => compare(other.createdAt, one.createdAt) || compare(other.id, one.id));
  const same = sameOr(previous?.items, items);
  return previous?.items === same
    ? previous
    : { items, unread: items.filter(({ isRead }) => !isRead).length };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
