/** Where somebody stands in a list that grows at its top while he reads it. */
export interface FeedStanding {
  /** The rows that there were the last time, by their keys. */
  readonly keys: readonly string[];
  /** Those that have come above what he reads, and that he has not seen yet. */
  readonly unseen: ReadonlySet<string>;
  /** Those that came with the last change. */
  readonly fresh: ReadonlySet<string>;
}

/** How he reads it. */
export interface Reading {
  /** The index of the first row that he sees. */
  readonly first: number;
  /** He is at the top, and is about nothing in it: then what is new may push down the rest. */
  readonly isFollowing: boolean;
}

interface Step {
  readonly standing: FeedStanding;
  /** By how many rows what he reads has been pushed down: so much is to be scrolled for it to stand still. */
  readonly shift: number;
}

export function startWith(keys: readonly string[]): FeedStanding {
  return { keys, unseen: new Set(), fresh: new Set() };
}

/** The list has changed to `keys`. */
export function advance(before: FeedStanding, keys: readonly string[], reading: Reading): Step {
  const isRead = !reading.isFollowing && before.keys.length > 0;
  const added = keys.length - before.keys.length;
  // What comes at the top, and nothing else: hundreds of times a second, over thousands of rows.
  if (added > 0 && before.keys.every((key, index) => keys[index + added] === key)) {
    const fresh = new Set(keys.slice(0, added));
    const unseen = isRead ? new Set([...before.unseen, ...fresh]) : new Set<string>();
    return { standing: { keys, unseen, fresh }, shift: isRead ? added : 0 };
  }
  const known = new Set(before.keys);
  const fresh = new Set(keys.filter((key) => !known.has(key)));
  if (!isRead) {
    return { standing: { keys, unseen: new Set(), fresh }, shift: 0 };
  }
  const places = new Map(keys.map((key, index) => [key, index]));
  // The row that he reads, or the next one below it that is still there.
  const anchor = before.keys.findIndex((key, index) => index >= reading.first && places.has(key));
  const place = places.get(before.keys[anchor] ?? "");
  if (place === undefined) {
    return { standing: { keys, unseen: new Set(), fresh }, shift: 0 };
  }
  const unseen = new Set(
    keys.filter((key, index) => index < place && (fresh.has(key) || before.unseen.has(key))),
  );
  return { standing: { keys, unseen, fresh }, shift: place - anchor };
}

/** He has scrolled: what has come into view is seen. */
export function scrolledTo(before: FeedStanding, first: number): FeedStanding {
  if (before.unseen.size === 0) {
    return before;
  }
  const unseen = new Set(before.keys.filter((key, index) => index < first && before.unseen.has(key)));
  return unseen.size === before.unseen.size ? before : { ...before, unseen };
}
