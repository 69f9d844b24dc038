import { getRouteApi, Link } from "@tanstack/react-router";
import { useSync } from "../../app/SyncProvider.tsx";
import { Button } from "../../ui/button/Button.tsx";
import { Field } from "../../ui/form/Field.tsx";
import { Gate } from "../../ui/form/Gate.tsx";
import { useSubmission } from "../../ui/form/useSubmission.ts";

const visitors = getRouteApi("/visitors");

/** Lets somebody in; the router then takes him to where he wanted to go. */
export function SignIn() {
  const { session } = useSync();
  const search = visitors.useSearch();
  const { isBusy, problem, submit } = useSubmission((fields) =>
    session.signIn(String(fields.get("email")), String(fields.get("password"))),
  );
  return (
    <Gate
      title="I solemnly swear that I am up to no good"
      problem={problem}
      onSubmit={submit}
      footer={
        <>
          New here?{" "}
          <Link to="/register" search={search}>
            Make an account
          </Link>
        </>
      }
    >
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
        autoComplete="current-password"
        required
        error={problem?.fields.get("password")}
      />
      <Button look="main" type="submit" aria-disabled={isBusy}>
        {isBusy ? "Opening the map…" : "Sign in"}
      </Button>
    </Gate>
  );
}
