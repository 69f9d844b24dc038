import { Link, useLocation } from "@tanstack/react-router";
import { useLive } from "../../live/useLive.ts";
import { SavedViews } from "../../screens/board/saved-views/SavedViews.tsx";
import { Icon, type IconName } from "../../ui/icon/Icon.tsx";
import { useMe, useSync } from "../SyncProvider.tsx";
import { LANES, type Lane } from "./lanes.ts";
import styles from "./Navigation.module.css";

interface Place {
  readonly to: "/map" | "/analytics" | "/owl-post";
  readonly name: string;
  readonly icon: IconName;
}

const PLACES: readonly Place[] = [
  { to: "/map", name: "Map", icon: "map" },
  { to: "/analytics", name: "Analytics", icon: "chart" },
];
const FOR_ADMINS: readonly Place[] = [{ to: "/owl-post", name: "Owl post", icon: "owl" }];

/** At the left, in the middle of widths as icons only; on a phone, at the bottom. */
export function Navigation() {
  const { role } = useMe();
  const places = role === "ADMIN" ? [...PLACES, ...FOR_ADMINS] : PLACES;
  return (
    <nav className={styles.navigation} aria-label="Screens">
      <ul className={styles.lanes}>
        {Object.entries(LANES).map(([key, lane]) => (
          <li key={key} data-lane={key}>
            <LaneLink lane={lane} />
          </li>
        ))}
      </ul>
      <div className={styles.views}>
        <SavedViews />
      </div>
      <ul className={styles.places}>
        {places.map(({ to, name, icon }) => (
          <li key={name}>
            <Link to={to} className={styles.place} title={name}>
              <Icon name={icon} />
              <span className={styles.name}>{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function LaneLink({ lane }: { lane: Lane }) {
  const { name, icon, search, countIn } = lane;
  const count = countIn(useLive(useSync().incidents.counts));
  const isOnBoard = useLocation({ select: ({ pathname }) => /^\/(incidents\/|$)/.test(pathname) });
  const here = useLocation({ select: (location) => JSON.stringify(sorted(location.search)) });
  const isHere = isOnBoard && here === JSON.stringify(sorted(search));
  return (
    <Link
      to="/"
      search={search}
      className={styles.place}
      title={name}
      activeProps={{}}
      aria-current={isHere ? "page" : undefined}
      data-urgent={name === LANES.urgent.name && count !== 0}
    >
      <Icon name={icon} />
      <span className={styles.name}>{name}</span>
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </Link>
  );
}

/** The order in which filters were chosen makes no other view. */
function sorted(search: object): readonly (readonly [string, unknown])[] {
  return Object.entries(search).sort(([one], [other]) => one.localeCompare(other));
}
