import { getRouteApi } from "@tanstack/react-router";
import { useSync } from "../../app/SyncProvider.tsx";
import { usePolled } from "../../app/usePolled.ts";
import { Button } from "../../ui/button/Button.tsx";
import { EventList } from "./EventList.tsx";
import { KINDS } from "./eventTypes.ts";
import styles from "./OwlPost.module.css";
import { Trouble } from "./Trouble.tsx";

const route = getRouteApi("/users/owl-post");

/** Positions on a page. */
const PAGE = 100;
/** The end of the log moves on by itself. */
const EVERY = 2_000;

/** The log as it is, a page at a time, the newest event first. */
export function LogInspector() {
  const { api } = useSync();
  const { after, kind } = route.useSearch();
  const navigate = route.useNavigate();
  const isFollowing = after === undefined;

  const { answer, problem } = usePolled(
    async (signal) => {
      if (after !== undefined) {
        const { body } = await api.call("GET /api/events", { query: { after, limit: PAGE }, signal });
        return { ...body, after };
      }
      const { body: end } = await api.call("GET /api/events", {
        query: { after: 0, limit: 1 },
        signal,
      });
      const from = Math.max(0, end.head - PAGE);
      const { body } = await api.call("GET /api/events", { query: { after: from, limit: PAGE }, signal });
      return { ...body, after: from };
    },
    { key: String(after), ...(isFollowing && { every: EVERY }) },
  );

  function show(next: { after?: number | undefined; kind?: string | undefined }) {
    const wanted = { after, kind, ...next };
    void navigate({
      search: {
        tab: "log",
        ...(wanted.after !== undefined && { after: wanted.after }),
        ...(wanted.kind !== undefined && { kind: wanted.kind }),
      },
    });
  }

  const events = (answer?.events ?? [])
    .filter(({ event }) => kind === undefined || event.eventType.startsWith(kind))
    .toReversed();
  return (
    <>
      <form
        className={styles.bar}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          const wanted = Number(new FormData(submitted.currentTarget).get("position"));
          show({ after: Math.max(0, wanted - 1) });
        }}
      >
        <label>
          Events{" "}
          <select
            value={kind ?? ""}
            onChange={(event) => show({ kind: event.currentTarget.value || undefined })}
          >
            <option value="">of every kind</option>
            {KINDS.map((each) => (
              <option key={each} value={`${each}.`}>
                {each}.*
              </option>
            ))}
          </select>
        </label>
        <label>
          Position{" "}
          <input
            key={answer?.after}
            name="position"
            type="number"
            min={1}
            step={1}
            required
            defaultValue={answer && answer.after + 1}
          />
        </label>
        <Button type="submit">Go there</Button>
        <Button
          aria-disabled={answer === undefined || answer.after === 0}
          onClick={() => answer !== undefined && show({ after: Math.max(0, answer.after - PAGE) })}
        >
          Older
        </Button>
        <Button
          aria-disabled={answer === undefined || answer.next >= answer.head}
          onClick={() => answer !== undefined && answer.next < answer.head && show({ after: answer.next })}
        >
          Newer
        </Button>
        <Button aria-pressed={isFollowing} onClick={() => show({ after: undefined })}>
          Follow the end
        </Button>
      </form>
      <Trouble problem={problem} />
      {answer !== undefined && (
        <>
          <p className={styles.soft}>
            Positions {answer.after + 1} to {answer.next} of {answer.head}, epoch {answer.epoch}
            {answer.hidden > 0 && `; ${answer.hidden} are for others to see`}
          </p>
          {events.length === 0 ? (
            <p>No such event on this page. Go to an older one, or look in the audit.</p>
          ) : (
            <EventList events={events} />
          )}
        </>
      )}
    </>
  );
}
