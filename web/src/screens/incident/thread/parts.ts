/** A piece of a comment, as it is to be shown: code without its backticks. */
export interface Part {
  readonly kind: "text" | "mention" | "code";
  readonly text: string;
}

/** As the server finds them: code first, since nobody is mentioned in it. A handle ends with a letter or a digit. */
const MARKED =
  /(?<fence>```[^\n]*\n[\s\S]*?(?:\n```|$))|(?<code>(`+)(?!`)[^\n]*?[^`]\3(?!`))|(?<mention>(?<![\p{L}\p{N}%+/@])(?<![\p{L}\p{N}][._-])@[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*(?![\p{L}\p{N}@]))/gu;

/** Text stays as it was typed; only who is mentioned in it, and what is code, is set off. */
export function partsOf(content: string): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of content.matchAll(MARKED)) {
    if (match.index > from) {
      parts.push({ kind: "text", text: content.slice(from, match.index) });
    }
    parts.push(partOf(match));
    from = match.index + match[0].length;
  }
  if (from < content.length) {
    parts.push({ kind: "text", text: content.slice(from) });
  }
  return parts;
}

function partOf(match: RegExpMatchArray): Part {
  return match.groups?.mention === undefined
    ? { kind: "code", text: match[0].replace(/^```[^\n]*\n|\n?```$|^`+|`+$/g, "") }
    : { kind: "mention", text: match[0] };
}
