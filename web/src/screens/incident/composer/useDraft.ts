import { useState } from "react";

/** A comment that is not posted yet: kept in this tab, so that to look elsewhere costs no words. */
export function useDraft(userId: string, incidentId: number): [string, (text: string) => void] {
  const key = `marauders-map.draft.${userId}.${incidentId}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  return [
    text,
    (next) => {
      setText(next);
      if (next === "") {
        sessionStorage.removeItem(key);
      } else {
        sessionStorage.setItem(key, next);
      }
    },
  ];
}
