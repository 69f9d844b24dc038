import { useState } from "react";

/** The rows that were selected, by their keys, to do something with all of them. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  /** `isRange`: and all between it and the one that was toggled before. */
  toggle(key: string, isRange: boolean): void;
  clear(): void;
}

/** `order` is that of the list: what is not in it is not selected any more. */
export function useSelection(order: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string>();
  const keys = chosen.size === 0 ? chosen : new Set(order.filter((key) => chosen.has(key)));
  return {
    keys,
    toggle(key, isRange) {
      setChosen(isRange && last !== undefined ? withRange(keys, order, last, key) : toggled(keys, key));
      setLast(key);
    },
    clear() {
      setChosen(new Set());
    },
  };
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) {
    next.add(key);
  }
  return next;
}

function withRange(keys: ReadonlySet<string>, order: readonly string[], one: string, other: string) {
  const [from = 0, to = 0] = [order.indexOf(one), order.indexOf(other)].sort((a, b) => a - b);
  return new Set([...keys, ...order.slice(Math.max(0, from), to + 1)]);
}
