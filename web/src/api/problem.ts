import type { Problem } from "./generated/rest.ts";

export type ProblemCode = NonNullable<Problem["code"]> | "OFFLINE";

/** Why something was not done. `OFFLINE`: the server could not be reached, or what answered was not it. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly code: ProblemCode;
  readonly status: number;
  /** What is wrong with which field of the request. */
  readonly fields: ReadonlyMap<string, string>;
  /** How long to wait, where the server has said so. */
  readonly retryAfterMs: number | undefined;

  private constructor(
    code: ProblemCode,
    status: number,
    message: string,
    fields: ReadonlyMap<string, string>,
    retryAfterMs: number | undefined,
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
    this.retryAfterMs = retryAfterMs;
  }

  static offline(): ApiProblem {
    return new ApiProblem("OFFLINE", 0, "The server cannot be reached.", new Map(), undefined);
  }

  /** Of a refusal; where it does not say why (a proxy's, say), its status has to do. */
  static async of(response: Response): Promise<ApiProblem> {
    const isProblem = response.headers.get("Content-Type")?.includes("problem+json") === true;
    if (!isProblem) {
      return new ApiProblem(
        "OFFLINE",
        response.status,
        `The server answered ${response.status}.`,
        new Map(),
        undefined,
      );
    }
    const problem = (await response.json()) as Problem;
    const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
    return new ApiProblem(
      problem.code ?? ("INTERNAL_ERROR" as const),
      response.status,
      problem.detail ?? problem.title ?? "It was refused.",
      new Map((problem.errors ?? []).map((error) => [error.field ?? "", error.message ?? ""])),
      Number.isNaN(retryAfter) ? undefined : retryAfter * 1000,
    );
  }

  /** The same request may well succeed later. */
  get isPassing(): boolean {
    return ["OFFLINE", "UNAVAILABLE", "RATE_LIMITED", "INTERNAL_ERROR"].includes(this.code);
  }
}
