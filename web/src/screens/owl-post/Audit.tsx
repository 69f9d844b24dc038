import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import type { AuditPage, PositionedEventView } from "../../api/generated/rest.ts";
import { useSync } from "../../app/SyncProvider.tsx";
import { ApiProblem, type User } from "../../sync/index.ts";
import { Button } from "../../ui/button/Button.tsx";
import { download } from "../../ui/download/download.ts";
import { Field } from "../../ui/form/Field.tsx";
import styles from "./Audit.module.css";
import { auditQueryOf, auditSearchOf, localOf } from "./auditQuery.ts";
import { EventList } from "./EventList.tsx";
import { EVENT_TYPES } from "./eventTypes.ts";
import shared from "./OwlPost.module.css";
import type { OwlPostSearch } from "./owlPostSearch.ts";
import { Trouble } from "./Trouble.tsx";

const route = getRouteApi("/users/owl-post");

/** Everything that has happened, by time, position, user and type; to be read, or to be taken away. */
export function Audit() {
  const search = route.useSearch();
  // Another search is another form and another trail.
  return <AuditOf key={JSON.stringify(search)} search={search} />;
}

function AuditOf({ search }: { search: OwlPostSearch }) {
  const { api } = useSync();
  const navigate = route.useNavigate();
  const [events, setEvents] = useState<readonly PositionedEventView[]>();
  const [nextCursor, setNextCursor] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem>();
  const [isBusy, setBusy] = useState(false);
  const query = auditQueryOf(search);

  /** Does something with the server that may be refused, once at a time. */
  async function attempt(deed: () => Promise<void>) {
    setBusy(true);
    try {
      await deed();
      setProblem(undefined);
    } catch (refusal) {
      if (!(refusal instanceof ApiProblem)) {
        throw refusal;
      }
      setProblem(refusal);
    } finally {
      setBusy(false);
    }
  }

  function add(page: AuditPage) {
    setEvents((before) => [...(before ?? []), ...page.events]);
    setNextCursor(page.nextCursor);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first page, once; for another search this is made anew.
  useEffect(() => {
    let isGone = false;
    void attempt(async () => {
      const { body } = await api.call("GET /api/audit", { query });
      if (!isGone) {
        add(body);
      }
    });
    return () => {
      isGone = true;
    };
  }, []);

  return (
    <>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ search: auditSearchOf(new FormData(event.currentTarget)) });
        }}
      >
        <Field label="From" name="from" type="datetime-local" step={1} defaultValue={localOf(search.from)} />
        <Field
          label="Until before"
          name="to"
          type="datetime-local"
          step={1}
          defaultValue={localOf(search.to)}
        />
        <Field label="Behind position" name="after" type="number" min={0} defaultValue={search.after} />
        <Field label="Up to position" name="upTo" type="number" min={0} defaultValue={search.upTo} />
        <UserField chosen={search.user} />
        <label className={styles.types}>
          <span>Types (all, if none is chosen)</span>
          <select name="type" multiple size={4} defaultValue={search.type ?? []}>
            {EVENT_TYPES.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        </label>
        <div className={styles.buttons}>
          <Button look="main" type="submit">
            Search
          </Button>
          <Button
            aria-disabled={isBusy}
            onClick={() =>
              void attempt(async () =>
                download(
                  "audit.ndjson",
                  await api.download("GET /api/audit", { query }, "application/x-ndjson"),
                ),
              )
            }
          >
            Download all of it (NDJSON)
          </Button>
        </div>
      </form>
      <Trouble problem={problem} />
      {events?.length === 0 && <p>Nothing of that kind has happened.</p>}
      {events !== undefined && events.length > 0 && <EventList events={events} />}
      {nextCursor !== null && (
        <Button
          aria-disabled={isBusy}
          onClick={() =>
            !isBusy &&
            void attempt(async () => {
              const page = await api.call("GET /api/audit", { query: { ...query, cursor: nextCursor } });
              add(page.body);
            })
          }
        >
          {isBusy ? "Reading on…" : "Read on"}
        </Button>
      )}
      <p className={shared.soft}>Recorded for ever, and never changed.</p>
    </>
  );
}

/** Somebody, by name or handle; the audit knows him by his id. */
function UserField({ chosen }: { chosen: string | undefined }) {
  const { people } = useSync();
  const [found, setFound] = useState<readonly User[]>([]);
  const listId = useId();
  return (
    <>
      <Field
        label="Who did it"
        name="user"
        list={listId}
        autoComplete="off"
        placeholder="name, handle or id"
        pattern="[0-9a-f\-]{36}"
        title="Choose somebody from the list"
        defaultValue={chosen}
        onChange={(event) => {
          const text = event.currentTarget.value.trim();
          if (text !== "" && text.length < 36) {
            void people.search(text).then(setFound, () => setFound([]));
          }
        }}
      />
      <datalist id={listId}>
        {found.map(({ id, name, handle }) => (
          <option key={id} value={id}>
            {name} (@{handle})
          </option>
        ))}
      </datalist>
    </>
  );
}
