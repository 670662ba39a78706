import { oncePerText } from "./once-per-text.ts";

/**
 * The words of an identifier or key in lower case, whatever the casing: `dbPassword`, `DB_PASSWORD` and `db-password`
 * are all `db`, `password`. An upper-case run ends before its last letter when a lower-case one follows: `APIKey` is
 * `api`, `key`.
 */
export const nameWords: (name: string) => readonly string[] = oncePerText(split);

function split(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

/**
 * Whether one of `words` may be among the words of a name, digits at its end left out: it says yes of each name that holds one, and
 * of few others. Cheaper than to take the name apart.
 */
export function wordFilter(words: Iterable<string>): (name: string) => boolean {
  const hashes = new Uint8Array(HASHES);
  for (const word of words) {
    let hash = 0;
    for (let at = 0; at < word.length; at++) hash = hashWith(hash, word.charCodeAt(at));
    hashes[hash & (HASHES - 1)] = 1;
  }
  return (name) => {
    let hash = 0;
    let before = OTHER;
    for (let at = 0; at < name.length; at++) {
      const code = name.charCodeAt(at);
      const sort = code < 128 ? SORTS[code] : OTHER;
      const begins =
        sort === UPPER && (before !== UPPER || (at + 1 < name.length && SORTS[name.charCodeAt(at + 1)] === LOWER));
      const mayEnd = begins || sort === OTHER || (sort === DIGIT && before !== DIGIT);
      if (mayEnd && hashes[hash & (HASHES - 1)] === 1) return true;
      if (begins || sort === OTHER) hash = 0;
      if (sort !== OTHER) hash = hashWith(hash, sort === UPPER ? code + 32 : code);
      before = sort;
    }
    return hashes[hash & (HASHES - 1)] === 1;
  };
}

const HASHES = 8_192;

function hashWith(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

const OTHER = 0;
const LOWER = 1;
const UPPER = 2;
const DIGIT = 3;
const SORTS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) SORTS[code] = LOWER;
  else if (/[A-Z]/.test(character)) SORTS[code] = UPPER;
  else if (/[0-9]/.test(character)) SORTS[code] = DIGIT;
}

/** Whether the words end with `phrase`, one or more words: `my`, `api`, `key` with `api`, `key`. */
export function endsWithPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  const start = words.length - phrase.length;
  return start >= 0 && phrase.every((word, offset) => words[start + offset] === word);
}
