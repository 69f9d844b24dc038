import { useLive } from "../../live/useLive.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Icon } from "../../ui/icon/Icon.tsx";
import { dismissWithUndo } from "../notifications/dismissWithUndo.ts";
import { useSync } from "../SyncProvider.tsx";
import { useShell } from "../shell/ShellProvider.tsx";
import { useOpenLink } from "../useOpenLink.ts";
import styles from "./Toasts.module.css";
import type { Toast } from "./toast.ts";

/** What has just happened, in a corner where nobody writes. It is announced elsewhere: this is for the eye. */
export function Toasts() {
  const { toasts } = useShell();
  const shown = useLive(toasts.shown);
  return (
    <section
      className={styles.toasts}
      aria-label="News"
      onPointerEnter={() => toasts.hold()}
      onPointerLeave={() => toasts.release()}
      onFocus={() => toasts.hold()}
      onBlur={() => toasts.release()}
    >
      {shown.map((toast) => (
        <ShownToast key={toast.key} toast={toast} />
      ))}
    </section>
  );
}

function ShownToast({ toast }: { toast: Toast }) {
  const { title, detail, isUrgent = false, link, notificationIds = [], undo } = toast;
  const { deeds } = useSync();
  const { toasts } = useShell();
  const openLink = useOpenLink();
  const close = () => toasts.close(toast.key);
  return (
    <article className={styles.toast} data-urgent={isUrgent}>
      <div className={styles.text}>
        <p className={styles.title}>
          {isUrgent && <Icon name="critical" />}
          {title}
          {notificationIds.length > 1 && <span className={styles.count}>+{notificationIds.length - 1}</span>}
        </p>
        {detail !== undefined && <p className={styles.detail}>{detail}</p>}
      </div>
      {undo !== undefined && (
        <Button
          look="quiet"
          onClick={() => {
            undo();
            close();
          }}
        >
          Undo
        </Button>
      )}
      {link !== undefined && (
        <Button
          look="quiet"
          onClick={() => {
            close();
            for (const notificationId of notificationIds) {
              deeds.begin({ kind: "mark-read", notificationId });
            }
            openLink(link);
          }}
        >
          Open
        </Button>
      )}
      <button
        type="button"
        className={styles.close}
        aria-label={notificationIds.length > 0 ? "Dismiss" : "Close"}
        onClick={() => {
          close();
          if (notificationIds.length > 0) {
            dismissWithUndo(deeds, toasts, notificationIds);
          }
        }}
      >
        <Icon name="close" />
      </button>
    </article>
  );
}
