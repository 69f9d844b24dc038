import type { Typist } from "../../../sync/index.ts";
import styles from "./Composer.module.css";

/** Who is writing at this moment. Not read aloud: it would drown what they write. */
export function Typists({ typists }: { typists: readonly Typist[] }) {
  return <p className={styles.typists}>{sayingOf(typists.map(({ name }) => name.split(" ")[0] ?? name))}</p>;
}

function sayingOf([first, second, third, ...others]: readonly string[]): string {
  if (first === undefined) {
    return "";
  }
  if (second === undefined) {
    return `${first} is typing…`;
  }
  if (third === undefined) {
    return `${first} and ${second} are typing…`;
  }
  return others.length === 0
    ? `${first}, ${second} and ${third} are typing…`
    : `${first}, ${second} and ${others.length + 1} others are typing…`;
}
