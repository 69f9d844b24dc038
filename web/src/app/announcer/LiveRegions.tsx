import { useLive } from "../../live/useLive.ts";
import { useShell } from "../shell/ShellProvider.tsx";

/** There from the start: screen readers miss what comes together with its region. */
export function LiveRegions() {
  const { announcer } = useShell();
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {useLive(announcer.polite)}
      </p>
      <p className="visually-hidden" aria-live="assertive">
        {useLive(announcer.assertive)}
      </p>
    </>
  );
}
