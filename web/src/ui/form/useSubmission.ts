import { type FormEvent, useState } from "react";
import { ApiProblem } from "../../sync/index.ts";

interface Submission {
  readonly isBusy: boolean;
  /** Why the last try was refused. */
  readonly problem: ApiProblem | undefined;
  /** For `onSubmit`. */
  submit(event: FormEvent<HTMLFormElement>): void;
}

/** Sends a form by `send`, once at a time, and remembers what was wrong with it. */
export function useSubmission(send: (fields: FormData) => Promise<void>): Submission {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();

  async function run(form: HTMLFormElement) {
    setBusy(true);
    setProblem(undefined);
    try {
      await send(new FormData(form));
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) {
        throw cause;
      }
      setProblem(cause);
    } finally {
      setBusy(false);
    }
  }

  return {
    isBusy,
    problem,
    submit(event) {
      event.preventDefault();
      if (!isBusy) {
        void run(event.currentTarget);
      }
    },
  };
}
