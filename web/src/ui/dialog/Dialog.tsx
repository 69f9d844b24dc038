import { type ReactNode, useEffect, useId, useRef } from "react";
import { Icon } from "../icon/Icon.tsx";
import styles from "./Dialog.module.css";

interface Props {
  readonly title: string;
  /** Where the title goes without saying, it is not drawn. */
  readonly isTitleShown?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The browser's modal dialog: it keeps the focus in it, closes by Escape, and gives the focus back. */
export function Dialog({ title, isTitleShown = true, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Where something is to be written, one can begin.
    shown?.querySelector<HTMLElement>("input, textarea")?.focus();
    return () => shown?.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Escape.
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={isTitleShown ? titleId : undefined}
      aria-label={isTitleShown ? undefined : title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // A click on the dialog itself is one on what is behind it: its content fills it.
        if (event.target === dialog.current) {
          onClose();
        }
      }}
    >
      <div className={styles.content}>
        {isTitleShown && (
          <header className={styles.header}>
            <h2 id={titleId}>{title}</h2>
            <button type="button" className={styles.close} aria-label="Close" onClick={onClose}>
              <Icon name="close" />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
