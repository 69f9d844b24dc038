/** A piece of a comment, as it is to be shown: code without its backticks. */
export interface Part {
  readonly kind: "text" | "mention" | "code";
  readonly text: string;
}

/** Lines that belong together: a fence or indented lines, or a paragraph or another block with text in it. */
interface Block {
  readonly kind: "text" | "code";
  readonly lines: string[];
}

/**
 * What is set off in text, the first of those that begin at the same place: code, then what is no text (addresses in angle
 * brackets, HTML, the targets of links, bare addresses), then mentions. As the server notifies; `docs/examples/mentions.json`
 * is what both are tested with. Whether somebody has the handle is not known here.
 */
const MARKED =
  /(?<code>(?<!`)(?<ticks>`+)(?!`)[\s\S]*?[^`]\k<ticks>(?!`))|(?<skipped>`+|<[A-Za-z/!?][^<>]*>|\]\([^()\n]*\)|(?<![A-Za-z0-9])https?:\/\/[!-;=?-~]*)|(?<mention>(?:(?<![A-Za-z0-9._%+/-])|(?<=(?<![A-Za-z0-9_])_)(?=@[^_\n]*_))@[A-Za-z0-9]+(?:[._-]+[A-Za-z0-9]+)*)/giu;
const QUOTE = /^(?: {0,3}> ?)+/;
const ITEM = /^ {0,3}(?:[-+*]|\d{1,9}[.)]) {1,4}(?=\S)/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

/** Text stays as it was typed; only who is mentioned in it, and what is code, is set off. */
export function partsOf(content: string): readonly Part[] {
  const parts: Part[] = [];
  for (const [at, block] of blocksOf(content).entries()) {
    const text = (at === 0 ? "" : "\n") + block.lines.join("\n");
    if (block.kind === "code") {
      add(parts, "text", at === 0 ? "" : "\n");
      add(parts, "code", block.lines.join("\n"));
    } else {
      addPartsOfText(parts, text);
    }
  }
  return parts;
}

function addPartsOfText(parts: Part[], text: string): void {
  let from = 0;
  for (const { 0: found, index, groups } of text.matchAll(MARKED)) {
    if (groups?.skipped === undefined) {
      add(parts, "text", text.slice(from, index));
      add(
        parts,
        groups?.code === undefined ? "mention" : "code",
        groups?.code === undefined ? found : found.replace(/^`+|`+$/g, ""),
      );
      from = index + found.length;
    }
  }
  add(parts, "text", text.slice(from));
}

function add(parts: Part[], kind: Part["kind"], text: string): void {
  const last = parts.at(-1);
  if (kind === "text" && last?.kind === "text") {
    parts[parts.length - 1] = { kind, text: last.text + text };
  } else if (text !== "") {
    parts.push({ kind, text });
  }
}

/** The blocks of CommonMark, as far as it takes to know what of them is code. */
function blocksOf(content: string): readonly Block[] {
  const blocks: Block[] = [];
  let fence: { readonly marker: string; readonly quote: number; readonly inside: number } | undefined;
  let inside = 0;
  let isParagraph = false;
  const put = (kind: Block["kind"], line: string, isNew: boolean) => {
    const last = blocks.at(-1);
    if (last === undefined || isNew || last.kind !== kind) {
      blocks.push({ kind, lines: [line] });
    } else {
      last.lines.push(line);
    }
  };
  for (const line of content.split(/\r\n|\n|\r/)) {
    const quote = QUOTE.exec(line)?.[0] ?? "";
    let rest = line.slice(quote.length).replace(/^\t/, "    ");
    const isBlank = rest.trim() === "";
    const indent = rest.length - rest.trimStart().length;
    if (!isBlank && indent < inside && !isParagraph) {
      inside = 0;
    }
    if (fence !== undefined && (depthOf(quote) < fence.quote || (!isBlank && indent < fence.inside))) {
      fence = undefined;
      inside = 0;
    }
    rest = rest.slice(Math.min(indent, inside));
    if (fence !== undefined) {
      const closing = /^ {0,3}(`{3,}|~{3,}) *$/.exec(rest)?.[1];
      if (closing?.startsWith(fence.marker) === true) {
        fence = undefined;
      } else {
        put("code", rest, false);
      }
      continue;
    }
    if (isBlank) {
      put("text", line, false);
      isParagraph = false;
      continue;
    }
    for (let item = ITEM.exec(rest); item !== null; item = ITEM.exec(rest)) {
      inside += item[0].length;
      rest = rest.slice(item[0].length);
      isParagraph = false;
    }
    const marker = FENCE.exec(rest)?.[1];
    if (marker !== undefined) {
      fence = { marker, quote: depthOf(quote), inside };
      blocks.push({ kind: "code", lines: [] });
      isParagraph = false;
    } else if (/^ {4}/.test(rest) && !isParagraph) {
      put("code", rest.slice(4), false);
    } else {
      put("text", line, !isParagraph);
      isParagraph = !/^ {0,3}#{1,6}(?: |$)/.test(rest);
    }
  }
  return blocks;
}

function depthOf(quote: string): number {
  return quote.split(">").length - 1;
}
