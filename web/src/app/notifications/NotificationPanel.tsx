import { useRef } from "react";
import { useLive } from "../../live/useLive.ts";
import type { Notification } from "../../sync/index.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Icon, type IconName } from "../../ui/icon/Icon.tsx";
import { RelativeTime } from "../../ui/time/RelativeTime.tsx";
import { useSync } from "../SyncProvider.tsx";
import { useShell } from "../shell/ShellProvider.tsx";
import { soundSettings, toggleMute } from "../sound/soundSettings.ts";
import { useOpenLink } from "../useOpenLink.ts";
import { dismissWithUndo } from "./dismissWithUndo.ts";
import styles from "./NotificationPanel.module.css";

const ICONS: Readonly<Record<Notification["type"], IconName>> = {
  mention: "comment",
  assignment: "person",
  escalation: "critical",
};

/** What somebody was notified of, newest first, until he dismisses it. */
export default function NotificationPanel({ onClose }: { onClose: () => void }) {
  const { notifications, deeds } = useSync();
  const { items, unread } = useLive(notifications);
  const { isMuted } = useLive(soundSettings);
  return (
    <section className={styles.panel} aria-labelledby="notifications-title" tabIndex={-1}>
      <header className={styles.header}>
        <h2 id="notifications-title">Notifications</h2>
        <button
          type="button"
          className={styles.icon}
          aria-pressed={isMuted}
          aria-label="Mute sounds"
          onClick={toggleMute}
        >
          <Icon name={isMuted ? "mute" : "sound"} />
        </button>
        <Button
          look="quiet"
          aria-disabled={unread === 0}
          onClick={() => unread > 0 && deeds.begin({ kind: "mark-all-read" })}
        >
          Mark all read
        </Button>
      </header>
      {items.length === 0 ? (
        <p className={styles.empty}>
          Nothing to tell. You hear of comments that mention you, of incidents that are assigned to you, and,
          as an Auror, of what becomes critical.
        </p>
      ) : (
        <ul className={styles.list}>
          {items.map((notification) => (
            <Item key={notification.id} notification={notification} onClose={onClose} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Item({ notification, onClose }: { notification: Notification; onClose: () => void }) {
  const { id, type, message, link, createdAt, isRead } = notification;
  const { deeds } = useSync();
  const { toasts } = useShell();
  const openLink = useOpenLink();
  const dismiss = useRef<HTMLButtonElement>(null);
  return (
    <li className={styles.item} data-read={isRead} data-type={type}>
      <Icon name={ICONS[type]} />
      <a
        className={styles.message}
        href={link}
        onClick={(event) => {
          event.preventDefault();
          if (!isRead) {
            deeds.begin({ kind: "mark-read", notificationId: id });
          }
          onClose();
          openLink(link);
        }}
      >
        {!isRead && <span className="visually-hidden">Unread: </span>}
        {message}
      </a>
      <span className={styles.age}>
        <RelativeTime at={createdAt} />
      </span>
      {!isRead && (
        <button
          type="button"
          className={styles.icon}
          aria-label={`Mark as read: ${message}`}
          onClick={() => {
            dismiss.current?.focus();
            deeds.begin({ kind: "mark-read", notificationId: id });
          }}
        >
          <Icon name="check" />
        </button>
      )}
      <button
        ref={dismiss}
        type="button"
        className={styles.icon}
        aria-label={`Dismiss: ${message}`}
        data-dismiss=""
        onClick={() => {
          focusBeside(dismiss.current);
          dismissWithUndo(deeds, toasts, [id]);
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** The button is about to go with its item: the focus goes to the next one, or to the panel. */
function focusBeside(button: HTMLButtonElement | null): void {
  const item = button?.closest("li");
  const beside = (item?.nextElementSibling ?? item?.previousElementSibling)?.querySelector("[data-dismiss]");
  const next = beside ?? item?.closest("section");
  if (next instanceof HTMLElement) {
    next.focus();
  }
}
