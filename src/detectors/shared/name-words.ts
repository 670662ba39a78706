/**
 * The words of an identifier or key in lower case, whatever the casing: `dbPassword`, `DB_PASSWORD` and `db-password`
 * are all `db`, `password`. An upper-case run ends before its last letter when a lower-case one follows: `APIKey` is
 * `api`, `key`.
 */
export function nameWords(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** Whether `phrase`, one or more words, stands in `words` without a gap: `api key` in `my`, `api`, `key`, `id`. */
export function containsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  return indexOfPhrase(words, phrase) >= 0;
}

/** Where `phrase` begins in `words` for the last time, or -1. */
export function indexOfPhrase(words: readonly string[], phrase: readonly string[]): number {
  for (let at = words.length - phrase.length; at >= 0; at--) {
    if (phrase.every((word, offset) => words[at + offset] === word)) return at;
  }
  return -1;
}
