import { Link } from "@tanstack/react-router";
import { ConnectionPill } from "./ConnectionPill.tsx";
import styles from "./Header.module.css";
import { OnlineCounts } from "./OnlineCounts.tsx";
import { UnreadBell } from "./UnreadBell.tsx";
import { UserMenu } from "./UserMenu.tsx";

export function Header() {
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.brand}>
        The Marauder’s Map
      </Link>
      <div className={styles.search} />
      <ConnectionPill />
      <OnlineCounts />
      <UnreadBell />
      <UserMenu />
    </header>
  );
}
