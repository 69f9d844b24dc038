import { lazy, Suspense, useState } from "react";
import { useLive } from "../../live/useLive.ts";
import { Icon } from "../../ui/icon/Icon.tsx";
import { Popup } from "../../ui/popup/Popup.tsx";
import { useCommand } from "../commands/useCommand.ts";
import { useSync } from "../SyncProvider.tsx";
import styles from "./NotificationBell.module.css";

const NotificationPanel = lazy(() => import("./NotificationPanel.tsx"));

/** How many notifications are unread, and on demand which. */
export function NotificationBell() {
  const { unread } = useLive(useSync().notifications);
  const [isOpen, setOpen] = useState(false);
  useCommand("notifications", () => setOpen(true));
  return (
    <Popup
      isOpen={isOpen}
      onOpenChange={setOpen}
      name={unread === 0 ? "Notifications, none unread" : `Notifications, ${unread} unread`}
      className={styles.bell}
      align="end"
      label={
        <>
          <Icon name="bell" />
          {unread > 0 && <span className={styles.count}>{unread > 99 ? "99+" : unread}</span>}
        </>
      }
    >
      <Suspense>
        <NotificationPanel onClose={() => setOpen(false)} />
      </Suspense>
    </Popup>
  );
}
