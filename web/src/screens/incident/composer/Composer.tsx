import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Keys } from "../../../app/commands/Keys.tsx";
import { useCommand } from "../../../app/commands/useCommand.ts";
import { useMe, useSync } from "../../../app/SyncProvider.tsx";
import { useLive } from "../../../live/useLive.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { sendOnModEnter } from "../../../ui/form/sendOnModEnter.ts";
import { movedBy, optionIdOf, PeopleOptions } from "../../../ui/person/PeopleOptions.tsx";
import { usePeopleSearch } from "../../../ui/person/usePeopleSearch.ts";
import styles from "./Composer.module.css";
import { completed, mentionAt, type OpenMention } from "./mention.ts";
import { Typists } from "./Typists.tsx";
import { useDraft } from "./useDraft.ts";

/** So many suggestions fit above it. */
const MOST = 6;

/** Where comments are written. An "@" offers the people who can be mentioned. */
export function Composer({ incidentId }: { incidentId: number }) {
  const sync = useSync();
  const me = useMe();
  const listId = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useDraft(me.id, incidentId);
  const [mention, setMention] = useState<OpenMention>();
  const [pointed, setPointed] = useState(0);
  // Where the caret has to be once the text is drawn.
  const [caret, setCaret] = useState<number>();
  const people = usePeopleSearch(mention?.text).slice(0, MOST);
  const typists = useLive(sync.presence.typistsOf(incidentId));
  const isOffering = mention !== undefined && people.length > 0;
  const active = Math.min(pointed, people.length - 1);
  useCommand("comment", () => area.current?.focus());

  useEffect(() => {
    if (caret !== undefined) {
      area.current?.setSelectionRange(caret, caret);
      setCaret(undefined);
    }
  }, [caret]);

  function post(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const content = text.trim();
    if (content !== "") {
      sync.deeds.begin({ kind: "comment", incidentId, content });
      sync.tellTyping(incidentId, false);
      setText("");
      setMention(undefined);
    }
  }

  function choose(handle: string | undefined) {
    if (mention !== undefined && handle !== undefined) {
      const next = completed(text, mention, handle);
      setText(next.text);
      setCaret(next.caret);
      setMention(undefined);
    }
  }

  function lookAtCaret(field: HTMLTextAreaElement) {
    const next =
      field.selectionStart === field.selectionEnd ? mentionAt(field.value, field.selectionStart) : undefined;
    if (next?.start !== mention?.start || next?.text !== mention?.text) {
      setMention(next);
      setPointed(0);
    }
  }

  function hearKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    const next = isOffering ? movedBy(event.key, active, people.length) : undefined;
    if (next !== undefined) {
      event.preventDefault();
      setPointed(next);
    } else if (isOffering && (event.key === "Enter" || event.key === "Tab")) {
      event.preventDefault();
      event.stopPropagation();
      choose(people[active]?.handle);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (isOffering) {
        setMention(undefined);
      } else {
        event.currentTarget.blur();
      }
    }
  }

  return (
    <form className={styles.composer} aria-label="Comment" onSubmit={post} onKeyDown={sendOnModEnter}>
      <Typists typists={typists} />
      {isOffering && (
        <div className={styles.offer}>
          <PeopleOptions
            id={listId}
            label="People to mention"
            options={people}
            active={active}
            onPoint={setPointed}
            onChoose={({ handle }) => {
              choose(handle);
              area.current?.focus();
            }}
          />
        </div>
      )}
      <p className="visually-hidden" role="status">
        {isOffering && `${people.length} ${people.length === 1 ? "person" : "people"} to mention`}
      </p>
      <div className={styles.box}>
        <textarea
          ref={area}
          className={styles.area}
          aria-label="Write a comment"
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isOffering ? listId : undefined}
          aria-activedescendant={isOffering ? optionIdOf(listId, active) : undefined}
          placeholder="Write a comment, @mention…"
          maxLength={5_000}
          rows={1}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            lookAtCaret(target);
            sync.tellTyping(incidentId, target.value !== "");
          }}
          onSelect={({ currentTarget }) => lookAtCaret(currentTarget)}
          onKeyDown={hearKey}
          onBlur={() => {
            setMention(undefined);
            sync.tellTyping(incidentId, false);
          }}
        />
        <Button look="main" type="submit" aria-disabled={text.trim() === ""}>
          Post
        </Button>
      </div>
      <p className={styles.hint}>
        <Keys of="comment" /> writes, <kbd>Ctrl</kbd> or <kbd>⌘</kbd> with <kbd>⏎</kbd> posts
      </p>
    </form>
  );
}
