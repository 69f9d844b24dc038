/** Marks of alphabets, kana and symbols, and what is not seen. Vowels of Indic scripts are letters here. */
const MARKS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: marks are what it is about.
  /[\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\u3099\u309A\uFE00-\uFE0F\uFE20-\uFE2F\u00AD\u200C-\u200F\u202A-\u202E\u2060-\u2069]+/gu;
/** Thai, Lao, Myanmar, Khmer, Tai; kana, bopomofo, Han. */
const WITHOUT_SPACES =
  /[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u1950-\u19DF\u1A20-\u1AAF\uA9E0-\uA9FF\uAA60-\uAADF\u3005-\u3007\u3021-\u312F\u31A0-\u31BF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\u{1B000}-\u{1B16F}\u{20000}-\u{3FFFF}]+/gu;
const NO_WORD = /[^\p{Alphabetic}\p{Nd}]+/u;
const PLAIN: Readonly<Record<string, string>> = { ł: "l", ø: "o", đ: "d", ς: "σ" };

/**
 * What a text is looked at as: a space before each of its words, without case and marks. A script without spaces has a word
 * at each of its characters, up to its end. The server has the same rule, in SQL; `docs/examples/search.json` is what both
 * are tested with.
 */
export function searchedWordsOf(text: string): string {
  return foldedWordsOf(text)
    .flatMap((word) =>
      isWithoutSpaces(word) ? [...word].map((_, at, signs) => signs.slice(at).slice(0, 3).join("")) : [word],
    )
    .map((word) => ` ${word}`)
    .join("");
}

/** Says of what {@link searchedWordsOf} gives, and of the text itself, whether a search for `typed` finds it. */
export function finderOf(typed: string): (words: string, text: string) => boolean {
  const beginnings = searchedWordsOf(typed)
    .split(" ")
    .filter((word) => word !== "");
  return beginnings.length === 0
    ? (_, text) => text.includes(typed)
    : (words) => beginnings.every((word) => words.includes(` ${word}`));
}

function foldedWordsOf(text: string): string[] {
  return text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toUpperCase()
    .toLowerCase()
    .replace(MARKS, "")
    .replace(/[łøđς]/gu, (sign) => PLAIN[sign] ?? sign)
    .replace(WITHOUT_SPACES, " $& ")
    .split(NO_WORD)
    .filter((word) => word !== "");
}

function isWithoutSpaces(word: string): boolean {
  return word.search(WITHOUT_SPACES) === 0;
}
