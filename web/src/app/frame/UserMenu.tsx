import { lazy, Suspense, useRef, useState } from "react";
import { useMe } from "../SyncProvider.tsx";
import styles from "./UserMenu.module.css";

// The menu's kit is larger than the rest of the frame: it comes when it is wanted.
const UserMenuPopover = lazy(() => import("./UserMenuPopover.tsx"));

/** Oneself: profile, theme, the way out. */
export function UserMenu() {
  const me = useMe();
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        ref={trigger}
        className={styles.trigger}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        <span aria-hidden="true">
          {me.firstName.charAt(0)}
          {me.lastName.charAt(0)}
        </span>
        <span className="visually-hidden">{me.name}: profile, theme, sign out</span>
      </button>
      {isOpen && (
        <Suspense>
          <UserMenuPopover triggerRef={trigger} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
