import { useRef, useState } from "react";
import { useCommand } from "../../app/commands/useCommand.ts";
import { mayEdit } from "../../app/rights.ts";
import { useMe, useSync } from "../../app/SyncProvider.tsx";
import { useLive } from "../../live/useLive.ts";
import type { Incident, IncidentRow } from "../../sync/index.ts";
import { Icon } from "../../ui/icon/Icon.tsx";
import { Composer } from "./composer/Composer.tsx";
import { ConflictChooser } from "./conflict/ConflictChooser.tsx";
import { EditForm } from "./edit/EditForm.tsx";
import { IncidentHead } from "./head/IncidentHead.tsx";
import styles from "./IncidentScreen.module.css";
import { Thread } from "./thread/Thread.tsx";
import { threadItemsOf } from "./thread/threadItems.ts";
import { useFollowEnd } from "./thread/useFollowEnd.ts";

/** The incident and its conversation in one column; the composer stays in sight below it. */
export function OpenIncident({ row }: { row: IncidentRow }) {
  const { incident, saved, deeds } = row;
  const sync = useSync();
  const me = useMe();
  const thread = useLive(sync.threads.of(incident.id));
  const timeline = useLive(sync.threads.timelineOf(incident.id));
  // What he saw when he began to edit: that is what his edit is based on.
  const [editing, setEditing] = useState<Incident>();
  const column = useRef<HTMLDivElement>(null);
  const items = threadItemsOf(thread.comments, timeline.events);
  const isOwnLast = thread.comments.at(-1)?.comment.author.id === me.id;
  const { unseen, goToEnd } = useFollowEnd(
    column,
    thread.comments.length,
    thread.state === "loaded" && timeline.isLoaded,
    isOwnLast,
  );
  const isEditable = mayEdit(me, incident) && saved !== undefined;

  function endEdit() {
    setEditing(undefined);
    // The form goes, and the focus must not go with it.
    column.current?.focus();
  }

  useCommand("edit", () => setEditing(saved), isEditable && editing === undefined);

  return (
    <article className={styles.incident} aria-labelledby="incident-title">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of the keyboard. */}
      <section ref={column} className={styles.column} aria-label={`Incident #${incident.id}`} tabIndex={0}>
        <IncidentHead row={row} onEdit={isEditable ? () => setEditing(saved) : undefined} />
        {deeds.map((deed) =>
          deed.state.kind === "failed" && deed.state.conflict !== undefined ? (
            <ConflictChooser key={deed.id} deedId={deed.id} conflict={deed.state.conflict} />
          ) : null,
        )}
        {editing === undefined ? (
          <p className={styles.description}>
            {incident.description === "" ? <i>Nothing more is known.</i> : incident.description}
          </p>
        ) : (
          <EditForm basedOn={editing} now={incident} onClose={endEdit} />
        )}
        {incident.resolution !== null && (
          <p className={styles.resolution}>
            <Icon name="resolved" />
            {incident.resolution}
          </p>
        )}
        <Thread items={items} isLoading={thread.state === "loading"} />
      </section>
      {unseen > 0 && (
        <button type="button" className={styles.pill} onClick={goToEnd}>
          <Icon name="down" />
          {unseen} new {unseen === 1 ? "comment" : "comments"}
        </button>
      )}
      <Composer incidentId={incident.id} />
    </article>
  );
}
