import type { ComponentProps } from "react";
import styles from "./Button.module.css";

interface Props extends ComponentProps<"button"> {
  /** `main` is for the one deed that a form or a screen is for. */
  readonly look?: "main" | "plain" | "quiet";
}

export function Button({ look = "plain", type = "button", className, ...rest }: Props) {
  return (
    <button
      type={type}
      className={[styles.button, styles[look], className].filter(Boolean).join(" ")}
      {...rest}
    />
  );
}
