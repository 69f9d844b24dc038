/** What can be done by a key or from the palette, in the order in which the sheet of shortcuts shows it. */
export const COMMANDS = {
  palette: { title: "Find anything", group: "Everywhere", keys: "mod+k" },
  report: { title: "Report an incident", group: "Everywhere", keys: "c" },
  search: { title: "Search incidents", group: "Everywhere", keys: "/" },
  notifications: { title: "Show notifications", group: "Everywhere", keys: "n" },
  shortcuts: { title: "Show all keys", group: "Everywhere", keys: "?" },
  mute: { title: "Mute or unmute sounds", group: "Everywhere", keys: "shift+m" },

  "go-all": { title: "All incidents", group: "Go to", keys: "g a" },
  "go-urgent": { title: "Urgent", group: "Go to", keys: "g u" },
  "go-open": { title: "Open", group: "Go to", keys: "g o" },
  "go-mine": { title: "Mine", group: "Go to", keys: "g m" },
  "go-resolved": { title: "Resolved", group: "Go to", keys: "g r" },
  "go-map": { title: "Map", group: "Go to", keys: "g p" },
  "go-analytics": { title: "Analytics", group: "Go to", keys: "g s" },
  "go-profile": { title: "Profile and settings", group: "Go to", keys: "g i" },

  travel: { title: "Turn back time, or return", group: "Time travel", keys: "t" },
  earlier: { title: "One change back", group: "Time travel", keys: "[" },
  later: { title: "One change on", group: "Time travel", keys: "]" },
  play: { title: "Play or pause", group: "Time travel", keys: "p" },

  "next-row": { title: "Next incident", group: "List", keys: "j" },
  "previous-row": { title: "Previous incident", group: "List", keys: "k" },
  "open-row": { title: "Open the incident", group: "List", keys: "Enter" },
  "select-row": { title: "Select the incident", group: "List", keys: "x" },
  "show-new": { title: "Show the new ones", group: "List", keys: "." },

  edit: { title: "Edit", group: "Incident", keys: "e" },
  assign: { title: "Assign", group: "Incident", keys: "a" },
  start: { title: "Start", group: "Incident", keys: "s" },
  resolve: { title: "Resolve", group: "Incident", keys: "r" },
  reopen: { title: "Reopen", group: "Incident", keys: "o" },
  archive: { title: "Archive", group: "Incident", keys: "shift+a" },
  comment: { title: "Write a comment", group: "Incident", keys: "i" },
  close: { title: "Close, or clear the selection", group: "Incident", keys: "Escape" },
} as const satisfies Record<string, Described>;

interface Described {
  readonly title: string;
  readonly group: string;
  /** One key, several at once ("mod" being Ctrl or ⌘), or one after the other. */
  readonly keys: string;
}

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

export const COMMAND_GROUPS = [...new Set(COMMAND_NAMES.map((name) => COMMANDS[name].group))];

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The keys of a command as they are written on keyboards: one after the other, each as those pressed at once. */
export function keysOf(name: CommandName): readonly (readonly string[])[] {
  return COMMANDS[name].keys.split(" ").map((stroke) => stroke.split("+").map(nameOfKey));
}

function nameOfKey(key: string): string {
  switch (key) {
    case "mod":
      return IS_MAC ? "⌘" : "Ctrl";
    case "shift":
      return IS_MAC ? "⇧" : "Shift";
    case "Enter":
      return "⏎";
    case "Escape":
      return "Esc";
    default:
      return key.length === 1 ? key.toUpperCase() : key;
  }
}
