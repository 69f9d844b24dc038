import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from "react";
import styles from "./Popup.module.css";

interface Props {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** What the button says. */
  readonly label: ReactNode;
  /** What it is called where the label does not say it all. */
  readonly name?: string;
  readonly className?: string | undefined;
  readonly align?: "start" | "end";
  readonly children: ReactNode;
}

/** A button that shows something below it, until Escape is pressed or one goes elsewhere. */
export function Popup({ isOpen, onOpenChange, label, name, className, align = "start", children }: Props) {
  const panelId = useId();
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = useEffectEvent(() => onOpenChange(false));

  useEffect(() => {
    if (!isOpen) {
      return;
    }
    // Also where it was opened by a key: what is in it comes next.
    button.current?.focus();
    const closeElsewhere = (event: Event) => {
      if (event.target instanceof Node && place.current?.contains(event.target) !== true) {
        close();
      }
    };
    // Before it is taken for a command of the screen, wherever the focus is.
    const closeByEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) {
        event.preventDefault();
        close();
        button.current?.focus();
      }
    };
    document.addEventListener("pointerdown", closeElsewhere);
    document.addEventListener("focusin", closeElsewhere);
    document.addEventListener("keydown", closeByEscape);
    return () => {
      document.removeEventListener("keydown", closeByEscape);
      document.removeEventListener("pointerdown", closeElsewhere);
      document.removeEventListener("focusin", closeElsewhere);
    };
  }, [isOpen]);

  return (
    <div ref={place} className={styles.place}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={name}
        aria-expanded={isOpen}
        aria-controls={isOpen ? panelId : undefined}
        onClick={() => onOpenChange(!isOpen)}
      >
        {label}
      </button>
      {isOpen && (
        <div id={panelId} className={styles.panel} data-align={align}>
          {children}
        </div>
      )}
    </div>
  );
}
