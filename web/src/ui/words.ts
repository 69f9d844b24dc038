/** What people read for a word of the API: `FORBIDDEN_FOREST` is "Forbidden Forest". */
export function nameOfWord(word: string): string {
  return word === "PLATFORM_9_3_4"
    ? "Platform 9¾"
    : word
        .split("_")
        .map((part) => part.charAt(0) + part.slice(1).toLowerCase())
        .join(" ");
}
