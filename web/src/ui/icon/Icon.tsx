import styles from "./Icon.module.css";

/** Drawn on a grid of 16, in the colour of the text around it. */
const PATHS = {
  alert: "M8 1.5 15 14H1Z M8 6v4 M8 11.8v.4",
  archive: "M2 3h12v3H2Z M3 6v7h10V6 M6.5 9h3",
  back: "M13 8H3 M7.5 3.5 3 8l4.5 4.5",
  bell: "M4 11V7a4 4 0 0 1 8 0v4l1.5 1.5h-11Z M6.8 14.2h2.4",
  chart: "M2 14h12 M4 11V8 M8 11V3 M12 11V6",
  check: "m3 8.5 3.5 3.5L13 4.5",
  close: "m4 4 8 8 M12 4l-8 8",
  comment: "M2.5 3h11v8H8l-3.5 3v-3h-2Z",
  down: "M4 6l4 4 4-4",
  edit: "m3 13 .7-3L11 2.7 13.3 5 6 12.3Z",
  feed: "M5 4h9 M5 8h9 M5 12h9 M2 4h.5 M2 8h.5 M2 12h.5",
  filter: "M2 4h12 M4.5 8h7 M6.5 12h3",
  map: "M1.5 3.5 6 2l4 1.5L14.5 2v10.5L10 14l-4-1.5-4.5 1.5Z M6 2v10.5 M10 3.5V14",
  more: "M3.5 8h.1 M8 8h.1 M12.5 8h.1",
  owl: "M3 3l2 1.5a6 6 0 0 1 6 0L13 3v6a5 5 0 0 1-10 0Z M6 7.5h.1 M10 7.5h.1 M8 9v1.5",
  person: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z M2.5 14a5.5 5.5 0 0 1 11 0",
  place: "M8 14.5S3 10 3 6.5a5 5 0 0 1 10 0C13 10 8 14.5 8 14.5Z M8 5.5a1 1 0 1 1 0 2 1 1 0 0 1 0-2Z",
  plus: "M8 3v10 M3 8h10",
  reopen: "M3 8a5 5 0 1 1 1.5 3.5 M3 13v-3h3",
  resolved: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z m-3-6.5 2.2 2.2L11 6",
  save: "M4 2h8v12l-4-3-4 3Z",
  search: "M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10Z M10.7 10.7 14 14",
  sound: "M2 6h2.5L8 3v10L4.5 10H2Z M10.5 5.5a3.5 3.5 0 0 1 0 5 M12.5 3.5a6.5 6.5 0 0 1 0 9",
  start: "M5 3l8 5-8 5Z",
  mute: "M2 6h2.5L8 3v10L4.5 10H2Z M11 6l4 4 M15 6l-4 4",
  trash: "M2.5 4h11 M6 4V2.5h4V4 M4 4l.7 9.5h6.6L12 4 M6.7 6.5v4.5 M9.3 6.5v4.5",
  play: "M5 3l8 5-8 5Z",
  pause: "M5 3v10 M11 3v10",
  "step-back": "M12 3 6 8l6 5Z M4 3v10",
  "step-on": "M4 3l6 5-6 5Z M12 3v10",
  turnback: "M8 5v3.5l2.5 1.5 M3 8a5 5 0 1 1 1.5 3.5 M3 13v-3h3",
  up: "M8 13V3 M3.5 7.5 8 3l4.5 4.5",
  // One for each severity, so that no two look alike without colour either.
  mischief: "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z",
  suspicious:
    "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z M8 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z",
  serious: "M8 1.5 14.5 8 8 14.5 1.5 8Z M8 5v3.5 M8 10.8v.2",
  dangerous: "M8 1.5 15 14H1Z M8 6v4 M8 11.8v.2",
  critical: "M9 1.5 3 9h4.5L6.5 14.5 13 6.5H8.5Z",
  unforgivable:
    "M8 1.5a5.5 5.5 0 0 0-5.5 5.5c0 2 1 3 2 3.8v2.7h7v-2.7c1-.8 2-1.8 2-3.8A5.5 5.5 0 0 0 8 1.5Z M5.8 7.5h.1 M10.1 7.5h.1 M8 9.5v.5 M6.7 12v1.5 M9.3 12v1.5",
} as const;

export type IconName = keyof typeof PATHS;

/** Beside a word, or in something that has a name of its own. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
