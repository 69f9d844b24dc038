import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../../ui/icon/Icon.tsx";
import { Keys } from "../commands/Keys.tsx";
import { useCommand } from "../commands/useCommand.ts";
import styles from "./SearchField.module.css";

/** Narrows the board down while one types; the words stand in the address. */
export function SearchField() {
  const navigate = useNavigate();
  const { q = "" } = useSearch({ strict: false });
  const isFiltered = useLocation({ select: ({ pathname }) => /^\/(incidents\/.*|map)?$/.test(pathname) });
  const input = useRef<HTMLInputElement>(null);
  // Letters must not wait for the address.
  const [text, setText] = useState(q);
  useCommand("search", () => {
    input.current?.focus();
    input.current?.select();
  });

  useEffect(() => {
    if (document.activeElement !== input.current) {
      setText(q);
    }
  }, [q]);

  function search(text: string) {
    setText(text);
    void navigate({
      to: isFiltered ? "." : "/",
      replace: true,
      search: ({ q: _, ...others }) => (text === "" ? others : { ...others, q: text }),
    });
  }

  return (
    <search className={styles.search}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Search incidents"
        aria-keyshortcuts="/"
        placeholder="Search, or #42"
        value={text}
        onChange={(event) => search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") {
            event.currentTarget.blur();
          }
        }}
      />
      <Keys of="search" />
    </search>
  );
}
