import { useEffect, useState } from "react";
import { useSync } from "../../app/SyncProvider.tsx";
import { finderOf, searchedWordsOf, type User } from "../../sync/index.ts";

/**
 * Who answers to `text`. Until the server's answer is there, those of the answer before who do too: whoever presses Enter
 * must not get somebody whom he did not mean. Nobody, for `undefined`.
 */
export function usePeopleSearch(text: string | undefined): readonly User[] {
  const { people } = useSync();
  const [found, setFound] = useState<readonly User[]>([]);
  useEffect(() => {
    if (text === undefined) {
      setFound([]);
      return;
    }
    let isWanted = true;
    people.search(text).then(
      (users) => isWanted && setFound(users),
      // Without the server there are no suggestions; names can still be written.
      () => isWanted && setFound([]),
    );
    return () => {
      isWanted = false;
    };
  }, [people, text]);
  return text === undefined ? [] : found.filter((user) => answersTo(text, user));
}

function answersTo(text: string, { name, handle }: User): boolean {
  const searched = `${name} ${handle}`;
  return text.trim() === "" || finderOf(text.trim())(searchedWordsOf(searched), searched);
}
