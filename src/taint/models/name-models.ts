import { endsWithPhrase, nameWords } from "../../text/name-words.ts";
import type { NamedSource, NamedWords, RemovalWords } from "./model-tables.ts";

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
  readonly #masks = new Map<string, number>();

  constructor(named: readonly NamedWords[], removals: readonly RemovalWords[]) {
    this.#named = named;
    this.#removals = removals;
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

  removed(name: string): number {
    const known = this.#masks.get(name);
    if (known !== undefined) return known;
    const words = nameWords(name);
    let mask = 0;
    for (const one of this.#removals) if (words.some((word) => one.words.includes(word))) mask |= one.bits;
    if (this.#masks.size >= KEPT) this.#masks.clear();
    this.#masks.set(name, mask);
    return mask;
  }
}
