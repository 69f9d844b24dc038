import { useEffect, useState } from "react";
import { useSync } from "../../app/SyncProvider.tsx";
import type { User } from "../../sync/index.ts";

/** Who answers to `text`; the answer before stays until the next one is there. Nobody, for `undefined`. */
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
  return found;
}
