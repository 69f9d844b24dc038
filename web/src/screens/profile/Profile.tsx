import { useMe } from "../../app/SyncProvider.tsx";
import { nameOfWord } from "../../ui/words.ts";
import { HearingSettings } from "./HearingSettings.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import styles from "./Profile.module.css";

/** Who I am here, and how I want to hear of things. */
export function Profile() {
  const me = useMe();
  const facts = [
    ["Mail", me.email],
    ["Handle", `@${me.handle}`],
    ["Role", nameOfWord(me.role)],
    ["House", me.house === null ? "not sorted" : nameOfWord(me.house)],
    ["Here since", new Date(me.createdAt).toLocaleDateString(undefined, { dateStyle: "long" })],
  ] as const;
  return (
    <div className={styles.profile}>
      <section className={styles.card} aria-labelledby="profile-title">
        <h1 id="profile-title">{me.name}</h1>
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <HearingSettings />
      <PasswordForm />
    </div>
  );
}
