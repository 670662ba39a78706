/** Sets of which the list is kept; a file has a few dozen. */
const MOST_LISTS = 1_000;

/**
 * Names of labels or sink kinds as bits: sets of them are one integer. At most 31 of each; `shared` are further names
 * for the bits of others.
 */
export class BitNames {
  readonly names: readonly string[];
  readonly #bits: ReadonlyMap<string, number>;
  readonly #lists = new Map<number, readonly string[]>();

  constructor(names: readonly string[], shared: Readonly<Record<string, string>> = {}) {
    if (names.length > 31) throw new RangeError(`${names.length} names do not fit into 31 bits`);
    this.names = names;
    const bits = new Map(names.map((name, index) => [name, 1 << index]));
    for (const [name, other] of Object.entries(shared)) bits.set(name, bits.get(other) ?? 0);
    this.#bits = bits;
  }

  /** The bit of a name; 0 for a name that is not among them. */
  bit(name: string): number {
    return this.#bits.get(name) ?? 0;
  }

  mask(names: Iterable<string>): number {
    let mask = 0;
    for (const name of names) mask |= this.bit(name);
    return mask;
  }

  list(mask: number): readonly string[] {
    let found = this.#lists.get(mask);
    if (found === undefined) {
      if (this.#lists.size >= MOST_LISTS) this.#lists.clear();
      found = this.names.filter((_, index) => (mask & (1 << index)) !== 0);
      this.#lists.set(mask, found);
    }
    return found;
  }
}
