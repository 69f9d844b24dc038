/**
 * Things of one kind that come and go, by id. A thing is never made twice and, once gone, stays gone; so everything may be
 * heard twice, and in any order.
 */
export class Known<K, T> {
  readonly #things = new Map<K, { readonly thing: T; readonly since: number; readonly order: number }>();
  readonly #gone = new Set<K>();
  /** A snapshot was taken here: what it did not hold of what was there by then is gone. */
  #completeAt = 0;
  #order = 0;

  get(id: K): T | undefined {
    return this.#things.get(id)?.thing;
  }

  values(): readonly T[] {
    return [...this.#things.values()].map(({ thing }) => thing);
  }

  ids(): readonly K[] {
    return [...this.#things.keys()];
  }

  /** The event at `position` has made it. Says whether that is news. */
  add(id: K, thing: T, position: number): boolean {
    if (this.#gone.has(id) || position <= this.#completeAt) {
      return false;
    }
    const isNew = !this.#things.has(id);
    this.#things.set(id, {
      thing: this.#things.get(id)?.thing ?? thing,
      since: position,
      order: this.#order++,
    });
    return isNew;
  }

  /** The server has answered that it has made it, which does not say at what position. */
  addUnplaced(id: K, thing: T): void {
    if (!this.#gone.has(id) && !this.#things.has(id)) {
      this.#things.set(id, { thing, since: Number.POSITIVE_INFINITY, order: this.#order++ });
    }
  }

  replace(id: K, change: (thing: T) => T): boolean {
    const known = this.#things.get(id);
    if (known === undefined) {
      return false;
    }
    this.#things.set(id, { ...known, thing: change(known.thing) });
    return true;
  }

  remove(id: K): boolean {
    this.#gone.add(id);
    return this.#things.delete(id);
  }

  /** To be taken before a snapshot is asked for, and given back with it. */
  mark(): number {
    return this.#order;
  }

  /** All there is, as the server had it at `position` or later. One that is older than another one says nothing new. */
  merge(things: ReadonlyMap<K, T>, position: number, mark: number): void {
    if (position < this.#completeAt) {
      return;
    }
    this.#completeAt = position;
    for (const [id, known] of this.#things) {
      const wasThere =
        known.since === Number.POSITIVE_INFINITY ? known.order < mark : known.since <= position;
      if (wasThere && !things.has(id)) {
        this.#things.delete(id);
      }
    }
    for (const [id, thing] of things) {
      if (!this.#gone.has(id)) {
        const since = this.#things.get(id)?.since ?? position;
        const placed = since === Number.POSITIVE_INFINITY ? position : since;
        this.#things.set(id, { thing, since: placed, order: this.#order++ });
      }
    }
  }
}
