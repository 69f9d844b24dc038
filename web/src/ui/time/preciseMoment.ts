/** "25 Nov, 14:02:11": what happened right before and after something else can be told apart. */
export function preciseMomentOf(at: string): string {
  return new Date(at).toLocaleString(undefined, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
}
