import { Link } from "@tanstack/react-router";
import { useMe } from "../SyncProvider.tsx";
import styles from "./Navigation.module.css";

interface Place {
  readonly to: "/" | "/map" | "/analytics" | "/owl-post";
  readonly name: string;
}

const PLACES: readonly Place[] = [
  { to: "/", name: "Incidents" },
  { to: "/map", name: "Map" },
  { to: "/analytics", name: "Analytics" },
];
const FOR_ADMINS: readonly Place[] = [{ to: "/owl-post", name: "Owl post" }];

/** At the left; on a phone, at the bottom. */
export function Navigation() {
  const { role } = useMe();
  const places = role === "ADMIN" ? [...PLACES, ...FOR_ADMINS] : PLACES;
  return (
    <nav className={styles.navigation} aria-label="Screens">
      <ul>
        {places.map(({ to, name }) => (
          <li key={name}>
            <Link to={to} className={styles.place}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
