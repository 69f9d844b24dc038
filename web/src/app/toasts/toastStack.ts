import { Cell, type Live } from "../../live/live.ts";
import type { Toast } from "./toast.ts";

const MOST = 3;

/** The toasts that are shown: at most three, one for each thing that they are about, the newest last. */
export class ToastStack {
  readonly #shown = new Cell<readonly Toast[]>([]);
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #isHeld = false;

  get shown(): Live<readonly Toast[]> {
    return this.#shown;
  }

  show(toast: Toast): void {
    const before = this.#shown.get();
    const same = before.find(({ key }) => key === toast.key);
    const shown = [
      ...before.filter((each) => each !== same),
      same === undefined ? toast : merged(same, toast),
    ];
    this.#keep(shown.length > MOST ? shown.filter((each) => each !== leastOf(shown)) : shown);
    this.#start(toast);
  }

  close(key: string): void {
    this.#keep(this.#shown.get().filter((each) => each.key !== key));
  }

  /** Somebody looks at them: they stay. What can be undone cannot wait for him. */
  hold(): void {
    this.#isHeld = true;
    for (const toast of this.#shown.get()) {
      if (toast.undo === undefined) {
        clearTimeout(this.#timers.get(toast.key));
      }
    }
  }

  release(): void {
    this.#isHeld = false;
    for (const toast of this.#shown.get()) {
      if (toast.undo === undefined) {
        this.#start(toast);
      }
    }
  }

  #start({ key, lasts, undo }: Toast): void {
    clearTimeout(this.#timers.get(key));
    if (!this.#isHeld || undo !== undefined) {
      this.#timers.set(
        key,
        setTimeout(() => this.close(key), lasts),
      );
    }
  }

  #keep(shown: readonly Toast[]): void {
    for (const { key } of this.#shown.get()) {
      if (!shown.some((each) => each.key === key)) {
        clearTimeout(this.#timers.get(key));
        this.#timers.delete(key);
      }
    }
    this.#shown.set(shown);
    if (shown.length === 0) {
      // What was pointed at is gone, and nothing tells that the pointer has left it.
      this.#isHeld = false;
    }
  }
}

/** The newer one speaks; what was urgent stays so, and closing it dismisses all that it has told of. */
function merged(before: Toast, toast: Toast): Toast {
  return {
    ...toast,
    isUrgent: before.isUrgent === true || toast.isUrgent === true,
    notificationIds: [...(before.notificationIds ?? []), ...(toast.notificationIds ?? [])],
    lasts: Math.max(before.lasts, toast.lasts),
  };
}

/** The one to give way: the oldest, but nothing urgent for something that is not. */
function leastOf(shown: readonly Toast[]): Toast | undefined {
  return shown.find(({ isUrgent }) => isUrgent !== true) ?? shown[0];
}
