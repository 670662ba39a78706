/**
 * The words of an identifier or key in lower case, whatever the casing: `dbPassword`, `DB_PASSWORD` and `db-password`
 * are all `db`, `password`. An upper-case run ends before its last letter when a lower-case one follows: `APIKey` is
 * `api`, `key`.
 */
export function nameWords(name: string): readonly string[] {
  let words = known.get(name);
  if (words === undefined) {
    words = split(name);
    if (known.size >= MOST_NAMES) known.clear();
    known.set(name, words);
  }
  return words;
}

/** Names that are kept; the same ones are asked about by many rules, and a file has a few thousand. */
const MOST_NAMES = 20_000;
const known = new Map<string, readonly string[]>();

function split(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/** Whether the words end with `phrase`, one or more words: `my`, `api`, `key` with `api`, `key`. */
export function endsWithPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  const start = words.length - phrase.length;
  return start >= 0 && phrase.every((word, offset) => words[start + offset] === word);
}
