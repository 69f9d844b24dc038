import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useMe } from "../../../app/SyncProvider.tsx";
import { LOCATIONS, SEVERITIES, STATUSES } from "../../../sync/index.ts";
import { Button } from "../../../ui/button/Button.tsx";
import { Icon } from "../../../ui/icon/Icon.tsx";
import { PersonName } from "../../../ui/person/PersonName.tsx";
import { Popup } from "../../../ui/popup/Popup.tsx";
import type { BoardSearch } from "../boardSearch.ts";
import { SavedViews } from "../saved-views/SavedViews.tsx";
import { FacetFilter } from "./FacetFilter.tsx";
import styles from "./FilterBar.module.css";

const PersonPicker = lazy(() => import("../../../ui/person/PersonPicker.tsx"));

/** What the list is narrowed down to. It stands in the address: it survives a reload, and can be shared. */
export function FilterBar({ search }: { search: BoardSearch }) {
  const navigate = useNavigate();
  const isFiltered = Object.keys(search).length > 0;

  function change(changes: { readonly [K in keyof BoardSearch]?: BoardSearch[K] | undefined }) {
    // What is undefined is left out of the address.
    void navigate({ to: ".", search: { ...search, ...changes } as BoardSearch, replace: true });
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and looks like one.
    <div className={styles.bar} role="group" aria-label="Filters">
      <FacetFilter
        name="Severity"
        words={SEVERITIES}
        chosen={search.severity}
        onChange={(severity) => change({ severity })}
      />
      <FacetFilter
        name="Place"
        words={LOCATIONS}
        chosen={search.location}
        onChange={(location) => change({ location })}
      />
      <FacetFilter
        name="Status"
        words={STATUSES}
        chosen={search.status}
        onChange={(status) => change({ status })}
      />
      <AssigneeFilter assignee={search.assignee} onChange={(assignee) => change({ assignee })} />
      <ViewsPopup />
      {isFiltered && (
        <Button look="quiet" className={styles.clear} onClick={() => void navigate({ to: ".", search: {} })}>
          <Icon name="close" />
          Clear
        </Button>
      )}
    </div>
  );
}

interface AssigneeProps {
  readonly assignee: string | undefined;
  readonly onChange: (assignee: string | undefined) => void;
}

function AssigneeFilter({ assignee, onChange }: AssigneeProps) {
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popup
      isOpen={isOpen}
      onOpenChange={setOpen}
      className={styles.chip}
      label={
        <span className={styles.label} data-set={assignee !== undefined}>
          {assignee === undefined ? (
            "Assignee"
          ) : (
            <span>
              For <PersonName userId={assignee} />
            </span>
          )}
          <Icon name="down" />
        </span>
      }
    >
      <Suspense>
        <PersonPicker
          label="Assigned to"
          first={me}
          nobody={assignee === undefined ? undefined : "Anybody or nobody"}
          onChoose={(user) => {
            onChange(user?.id);
            setOpen(false);
          }}
        />
      </Suspense>
    </Popup>
  );
}

/** Where the navigation has no room for them. */
function ViewsPopup() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.views}>
      <Popup
        isOpen={isOpen}
        onOpenChange={setOpen}
        className={styles.chip}
        label={
          <span className={styles.label}>
            Views
            <Icon name="down" />
          </span>
        }
      >
        <div className={styles.viewsPanel}>
          <SavedViews />
        </div>
      </Popup>
    </div>
  );
}
