export { nameWords } from "../../text/name-words.ts";

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
