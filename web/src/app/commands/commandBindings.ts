import { Cell, type Live } from "../../live/live.ts";
import type { CommandName } from "./commands.ts";

/** What the commands do at the moment: whatever is shown binds those that it can do, for as long as it is shown. */
export class CommandBindings {
  /** Of several that bind the same command, the last one has it. */
  readonly #bound = new Map<CommandName, readonly (() => void)[]>();
  readonly #available = new Cell<ReadonlySet<CommandName>>(new Set());

  get available(): Live<ReadonlySet<CommandName>> {
    return this.#available;
  }

  /** Gives the way to unbind it. */
  bind(name: CommandName, run: () => void): () => void {
    this.#keep(name, [...(this.#bound.get(name) ?? []), run]);
    return () =>
      this.#keep(
        name,
        (this.#bound.get(name) ?? []).filter((each) => each !== run),
      );
  }

  /** Says whether anybody could do it. */
  run(name: CommandName): boolean {
    const run = this.#bound.get(name)?.at(-1);
    run?.();
    return run !== undefined;
  }

  #keep(name: CommandName, runs: readonly (() => void)[]): void {
    if (runs.length === 0) {
      this.#bound.delete(name);
    } else {
      this.#bound.set(name, runs);
    }
    this.#available.set(new Set(this.#bound.keys()));
  }
}
