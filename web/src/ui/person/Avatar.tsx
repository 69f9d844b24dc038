import styles from "./Avatar.module.css";

interface Props {
  readonly name: string;
  readonly id: string;
}

/** How many tints there are in the style sheet. */
const TINTS = 6;

/** Somebody's initials; his name must be beside it, or in what it is part of. */
export function Avatar({ name, id }: Props) {
  return (
    <span className={styles.avatar} data-tint={tintOf(id)} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.charAt(0) ?? "")
    .join("");
}

/** Always the same for the same person. */
function tintOf(id: string): number {
  let sum = 0;
  for (const sign of id) {
    sum = (sum * 31 + sign.charCodeAt(0)) % 65_521;
  }
  return sum % TINTS;
}
