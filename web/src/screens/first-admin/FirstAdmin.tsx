import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { useSync } from "../../app/SyncProvider.tsx";
import { useLive } from "../../live/useLive.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Gate } from "../../ui/form/Gate.tsx";
import { useSubmission } from "../../ui/form/useSubmission.ts";

/** Where the link leads that the server prints at its start: it makes somebody the first ADMIN. */
export function FirstAdmin() {
  const { session } = useSync();
  const user = useLive(session.user);
  const navigate = useNavigate();
  // Behind the #, so that it goes into no log on its way here.
  const token = new URLSearchParams(useLocation().hash).get("token") ?? "";
  const { isBusy, problem, submit } = useSubmission(async () => {
    await session.becomeFirstAdmin(token);
    await navigate({ to: "/profile" });
  });
  return user === undefined ? (
    <Gate
      title="The first ADMIN"
      problem={undefined}
      onSubmit={(event) => event.preventDefault()}
      footer={
        <>
          <Link to="/sign-in">Sign in</Link> or <Link to="/register">make an account</Link>
        </>
      }
    >
      <p>Sign in with the mail that FIRST_ADMIN names, then open the link again.</p>
    </Gate>
  ) : (
    <Gate
      title="The first ADMIN"
      problem={problem}
      onSubmit={submit}
      footer={<Link to="/">Back to the map</Link>}
    >
      <p>You are signed in as {user.email}.</p>
      <Button look="main" type="submit" aria-disabled={isBusy}>
        {isBusy ? "Just a moment…" : "Become ADMIN"}
      </Button>
    </Gate>
  );
}
