/** A mention that is being written: `@her`, from `start` to the caret. */
export interface OpenMention {
  readonly start: number;
  readonly text: string;
}

/** The "@" must not stand in a word of ASCII: that is a mail address. */
const OPEN = /(?<![A-Za-z0-9._%+/-])@([A-Za-z0-9._-]*)$/;

/** The mention at the caret, if one is being written there. */
export function mentionAt(text: string, caret: number): OpenMention | undefined {
  const found = OPEN.exec(text.slice(0, caret));
  return found === null ? undefined : { start: found.index, text: found[1] ?? "" };
}

/** The text with the mention completed, and where the caret is then. */
export function completed(
  text: string,
  mention: OpenMention,
  handle: string,
): { readonly text: string; readonly caret: number } {
  const end = mention.start + 1 + mention.text.length;
  const inserted = `@${handle} `;
  // One space is enough.
  const rest = text.slice(end).replace(/^ /, "");
  return { text: text.slice(0, mention.start) + inserted + rest, caret: mention.start + inserted.length };
}
