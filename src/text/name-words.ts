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
  const hashes = hashesOf(words);
  return (name) => scanWords(name, 0, name.length, hashes, always);
}

/** Where a word may stand in a text, `from` inclusive and `to` exclusive; true ends the search. */
type AtWord = (from: number, to: number) => boolean;

/**
 * Looks for words in a part of a text, digits at their end left out, and says what each that it finds stands for. What a backslash escapes
 * belongs to no word: `\tcurl` is `curl`.
 */
export function wordFinder<Of>(
  words: ReadonlyMap<string, Of>,
): (text: string, from: number, to: number, said: (of: Of) => void) => void {
  const hashes = hashesOf(words.keys());
  return (text, from, to, said) => {
    scanWords(text, from, to, hashes, (start, end) => {
      const of = words.get(text.slice(start, end).toLowerCase());
      if (of !== undefined) said(of);
      return false;
    });
  };
}

function always(): boolean {
  return true;
}

/** Calls `atWord` where a word's hash is among `hashes`, until it says true; whether it did. */
function scanWords(text: string, from: number, to: number, hashes: Uint8Array, atWord: AtWord): boolean {
  let hash = 0;
  let start = from;
  let before = OTHER;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    // Most are small letters, which neither begin a word nor end one.
    if (code >= SMALL_A && code <= SMALL_Z) {
      hash = hashWith(hash, code);
      before = LOWER;
      continue;
    }
    const sort = code < 128 ? SORTS[code] : OTHER;
    const begins = sort === UPPER && (before !== UPPER || (at + 1 < to && SORTS[text.charCodeAt(at + 1)] === LOWER));
    const mayEnd = begins || sort === OTHER || (sort === DIGIT && before !== DIGIT);
    if (mayEnd && hashes[hash & (HASHES - 1)] === 1 && atWord(start, at)) return true;
    if (sort === OTHER) {
      if (code === BACKSLASH) at++;
      hash = 0;
      start = at + 1;
    } else {
      if (begins) {
        hash = 0;
        start = at;
      }
      hash = hashWith(hash, sort === UPPER ? code + 32 : code);
    }
    before = sort;
  }
  return hashes[hash & (HASHES - 1)] === 1 && atWord(start, to);
}

const HASHES = 8_192;
const BACKSLASH = 92;
const SMALL_A = 97;
const SMALL_Z = 122;

function hashesOf(words: Iterable<string>): Uint8Array {
  const hashes = new Uint8Array(HASHES);
  for (const word of words) {
    let hash = 0;
    for (let at = 0; at < word.length; at++) hash = hashWith(hash, word.charCodeAt(at));
    hashes[hash & (HASHES - 1)] = 1;
  }
  return hashes;
}

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

/** The longest of the words of a name; undefined where none has two characters. */
export function longestWord(name: string): string | undefined {
  const longest = nameWords(name).reduce((known, word) => (word.length > known.length ? word : known), "");
  return longest.length < 2 ? undefined : longest;
}

/** Whether the words end with `phrase`, one or more words: `my`, `api`, `key` with `api`, `key`. */
export function endsWithPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  const start = words.length - phrase.length;
  return start >= 0 && phrase.every((word, offset) => words[start + offset] === word);
}
