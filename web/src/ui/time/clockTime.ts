/** "10:02:11": when, on a day that is known. */
export function clockTimeOf(moment: number): string {
  return new Date(moment).toLocaleTimeString(undefined, { hourCycle: "h23" });
}

/** "10:02" of today, "24 Nov, 10:02" before. */
export function momentOf(at: string): string {
  const moment = new Date(at);
  const time = moment.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return moment.toDateString() === new Date().toDateString()
    ? time
    : `${moment.toLocaleDateString(undefined, { day: "numeric", month: "short" })}, ${time}`;
}
