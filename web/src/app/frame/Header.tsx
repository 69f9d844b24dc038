import { Link } from "@tanstack/react-router";
import { Button } from "../../ui/button/Button.tsx";
import { Icon } from "../../ui/icon/Icon.tsx";
import { NotificationBell } from "../notifications/NotificationBell.tsx";
import { useShell } from "../shell/ShellProvider.tsx";
import { ConnectionPill } from "./ConnectionPill.tsx";
import styles from "./Header.module.css";
import { OnlineCounts } from "./OnlineCounts.tsx";
import { SearchField } from "./SearchField.tsx";
import { UserMenu } from "./UserMenu.tsx";

export function Header() {
  const { dialog } = useShell();
  return (
    <header className={styles.header}>
      <Link to="/" className={styles.brand}>
        <span className={styles.article}>The </span>Marauder’s Map
      </Link>
      <SearchField />
      <ConnectionPill />
      <OnlineCounts />
      <Button
        look="main"
        className={styles.report}
        aria-label="Report an incident"
        onClick={() => dialog.set({ kind: "report" })}
      >
        <Icon name="plus" />
        <span className={styles.reportWord}>Report</span>
      </Button>
      <NotificationBell />
      <UserMenu />
    </header>
  );
}
