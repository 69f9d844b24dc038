import { getRouteApi, Link } from "@tanstack/react-router";
import { useId } from "react";
import { useSync } from "../../app/SyncProvider.tsx";
import { HOUSES, type House } from "../../sync/index.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Field } from "../../ui/form/Field.tsx";
import { Gate } from "../../ui/form/Gate.tsx";
import { useSubmission } from "../../ui/form/useSubmission.ts";
import { nameOfWord } from "../../ui/words.ts";
import styles from "./Register.module.css";

const visitors = getRouteApi("/visitors");

/** Makes an account for a student and lets him in. */
export function Register() {
  const { session } = useSync();
  const search = visitors.useSearch();
  const houseId = useId();
  const { isBusy, problem, submit } = useSubmission((fields) => {
    const text = (name: string) => String(fields.get(name));
    const house = HOUSES.find((each) => each === fields.get("house"));
    return session.register({
      email: text("email"),
      password: text("password"),
      firstName: text("firstName"),
      lastName: text("lastName"),
      ...(house !== undefined && { house: house satisfies House }),
    });
  });
  return (
    <Gate
      title="Make an account"
      problem={problem}
      onSubmit={submit}
      footer={
        <>
          Already known?{" "}
          <Link to="/sign-in" search={search}>
            Sign in
          </Link>
        </>
      }
    >
      <div className={styles.names}>
        <Field
          label="First name"
          name="firstName"
          autoComplete="given-name"
          required
          maxLength={100}
          error={problem?.fields.get("firstName")}
        />
        <Field
          label="Last name"
          name="lastName"
          autoComplete="family-name"
          required
          maxLength={100}
          error={problem?.fields.get("lastName")}
        />
      </div>
      <Field
        label="Mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        error={problem?.fields.get("email")}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="8 to 128 characters"
        required
        minLength={8}
        maxLength={128}
        error={problem?.fields.get("password")}
      />
      <div className={styles.house}>
        <label htmlFor={houseId}>House (if you have been sorted)</label>
        <select id={houseId} name="house" defaultValue="">
          <option value="">none</option>
          {HOUSES.map((house) => (
            <option key={house} value={house}>
              {nameOfWord(house)}
            </option>
          ))}
        </select>
      </div>
      <Button look="main" type="submit" aria-disabled={isBusy}>
        {isBusy ? "Writing your name down…" : "Make an account"}
      </Button>
    </Gate>
  );
}
