/** Something short that somebody may want to know or to take back. */
export interface Toast {
  /** A later one with the same key takes its place: an incident has one, whatever happens to it. */
  readonly key: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly isUrgent?: boolean | undefined;
  /** Where it leads: an address of the page. */
  readonly link?: string | undefined;
  /** The notifications that it tells of: to close it is to dismiss them. */
  readonly notificationIds?: readonly string[] | undefined;
  /** Takes back what it tells of. */
  readonly undo?: (() => void) | undefined;
  /** How long it stays, unless somebody points at it; in milliseconds. */
  readonly lasts: number;
}
