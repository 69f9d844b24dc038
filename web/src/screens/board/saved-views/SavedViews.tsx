import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useLive } from "../../../live/useLive.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { Icon } from "../../../ui/icon/Icon.tsx";
import { boardSearchOf } from "../boardSearch.ts";
import styles from "./SavedViews.module.css";
import { forgetView, savedViews, saveView } from "./savedViews.ts";

/** The views that were saved, and the way to save what is filtered now. */
export function SavedViews() {
  const views = useLive(savedViews);
  const search = boardSearchOf(useSearch({ strict: false }));
  const [isNaming, setNaming] = useState(false);
  const isFiltered = Object.keys(search).length > 0;
  return (
    <section className={styles.views} aria-label="Saved views">
      <h2 className={styles.heading}>Saved views</h2>
      <ul>
        {views.map(({ name, search }) => (
          <li key={name} className={styles.view}>
            <Link
              to="/"
              search={search}
              activeOptions={{ includeSearch: true, exact: true, explicitUndefined: true }}
              className={styles.link}
            >
              {name}
            </Link>
            <button
              type="button"
              className={styles.forget}
              aria-label={`Forget the view ${name}`}
              onClick={() => forgetView(name)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {isNaming ? (
        <form
          className={styles.naming}
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get("name")).trim();
            if (name !== "") {
              saveView({ name, search });
            }
            setNaming(false);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              event.stopPropagation();
              setNaming(false);
            }
          }}
        >
          {/* biome-ignore lint/a11y/noAutofocus: it was asked for by the button in its place. */}
          <input name="name" aria-label="Name of the view" placeholder="Name" maxLength={40} autoFocus />
          <Button type="submit" aria-label="Save">
            <Icon name="check" />
          </Button>
        </form>
      ) : isFiltered ? (
        <Button look="quiet" className={styles.save} onClick={() => setNaming(true)}>
          <Icon name="save" />
          Save this view
        </Button>
      ) : (
        views.length === 0 && <p className={styles.hint}>Filter or search, then save it here.</p>
      )}
    </section>
  );
}
