import { endsWithPhrase, nameWords } from "../../text/name-words.ts";
import type { CleanerWords, NamedSource, NamedWords, RemovalWords } from "./model-tables.ts";

/** Names of one file are a few thousand; what is known of them is kept, up to a bound, and then begun anew. */
const KEPT = 20_000;
const NOTHING = "nothing";

/** Words behind the phrase that leave its meaning: `password_value`, `api_key_prod`, `token2`. */
const KEEPS_MEANING: ReadonlySet<string> = new Set(
  "value str string text plain plaintext raw new old current".split(" "),
);

/** What names say of their values: the part of the models that no import leads to. */
export class NameModels {
  readonly #named: readonly NamedWords[];
  readonly #removals: readonly RemovalWords[];
  readonly #sources = new Map<string, NamedSource | typeof NOTHING>();
  readonly #cleaners: readonly CleanerWords[];
  readonly #removed = new Map<string, number>();
  readonly #cleaned = new Map<string, number>();

  constructor(named: readonly NamedWords[], removals: readonly RemovalWords[], cleaners: readonly CleanerWords[]) {
    this.#named = named;
    this.#removals = removals;
    this.#cleaners = cleaners;
  }

  source(name: string): NamedSource | undefined {
    const known = this.#sources.get(name);
    if (known !== undefined) return known === NOTHING ? undefined : known;
    const words = nameWords(name).map((word) => word.replace(/(?<=[a-z]{3})\d+$/, ""));
    while (words.length > 1 && KEEPS_MEANING.has(words[words.length - 1])) words.pop();
    const found = this.#named.find(
      ({ phrases, unless }) =>
        phrases.some((phrase) => endsWithPhrase(words, phrase)) && !words.some((word) => unless.includes(word)),
    );
    if (this.#sources.size >= KEPT) this.#sources.clear();
    this.#sources.set(name, found ?? NOTHING);
    return found;
  }

  /** Labels that the result of a function of this name has no more. */
  removed(name: string): number {
    return kept(this.#removed, name, (words) =>
      maskOf(this.#removals, ({ words: said, bits }) => (said.some((word) => words.includes(word)) ? bits : 0)),
    );
  }

  /** Kinds that the result of a function of this name is harmless for. */
  cleaned(name: string): number {
    return kept(this.#cleaned, name, (words) =>
      maskOf(this.#cleaners, ({ words: said, with: beside, mask }) => {
        const isNamed = said.some((word) => words.includes(word));
        return isNamed && (beside.length === 0 || beside.some((word) => words.includes(word))) ? mask : 0;
      }),
    );
  }
}

function kept(masks: Map<string, number>, name: string, work: (words: readonly string[]) => number): number {
  const known = masks.get(name);
  if (known !== undefined) return known;
  const mask = work(nameWords(name));
  if (masks.size >= KEPT) masks.clear();
  masks.set(name, mask);
  return mask;
}

function maskOf<One>(all: readonly One[], bitsOf: (one: One) => number): number {
  return all.reduce((mask, one) => mask | bitsOf(one), 0);
}
