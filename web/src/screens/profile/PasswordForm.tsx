import { useRef, useState } from "react";
import { useSync } from "../../app/SyncProvider.tsx";
import { Button } from "../../ui/button/Button.tsx";
import { Field } from "../../ui/form/Field.tsx";
import { useSubmission } from "../../ui/form/useSubmission.ts";
import styles from "./Profile.module.css";

/** Changes the password, which ends all other sessions. */
export function PasswordForm() {
  const { session } = useSync();
  const form = useRef<HTMLFormElement>(null);
  const [isDone, setDone] = useState(false);
  const { isBusy, problem, submit } = useSubmission(async (fields) => {
    setDone(false);
    await session.changePassword(String(fields.get("oldPassword")), String(fields.get("newPassword")));
    form.current?.reset();
    setDone(true);
  });
  return (
    <section className={styles.card} aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <form ref={form} className={styles.form} onSubmit={submit}>
        <Field
          label="Old password"
          name="oldPassword"
          type="password"
          autoComplete="current-password"
          required
          error={problem?.fields.get("oldPassword")}
        />
        <Field
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          hint="8 to 128 characters. You stay signed in here, and nowhere else."
          required
          minLength={8}
          maxLength={128}
          error={problem?.fields.get("newPassword")}
        />
        <div role="status">
          {isDone && <p className={styles.good}>The password is changed.</p>}
          {problem !== undefined && problem.fields.size === 0 && (
            <p className={styles.bad}>{problem.message}</p>
          )}
        </div>
        <Button type="submit" aria-disabled={isBusy}>
          {isBusy ? "Changing…" : "Change the password"}
        </Button>
      </form>
    </section>
  );
}
