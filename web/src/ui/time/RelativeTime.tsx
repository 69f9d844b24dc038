import { minute } from "../../live/minute.ts";
import { useLive } from "../../live/useLive.ts";

/** "5m", "3h", "2d": short, for lists; the whole of it on demand. */
export function RelativeTime({ at }: { at: string }) {
  const now = useLive(minute);
  const moment = new Date(at);
  return (
    <time dateTime={at} title={moment.toLocaleString()}>
      {ageOf(now - moment.getTime())}
    </time>
  );
}

function ageOf(age: number): string {
  const minutes = Math.floor(age / 60_000);
  if (minutes < 1) {
    return "now";
  }
  if (minutes < 60) {
    return `${minutes}m`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}
