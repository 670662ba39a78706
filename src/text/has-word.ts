const WORD_CHARACTER = /\w/;

/**
 * Whether a word stands in a text, with no letter, digit or underscore on either side, at a place `[from, to)` that `fits`. For a word that
 * is known at run time alone: to compile a regular expression for each takes longer than to look through most texts.
 */
export function hasWord(text: string, word: string, fits: (from: number, to: number) => boolean): boolean {
  if (word === "") return false;
  for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + word.length)) {
    const to = from + word.length;
    const isWhole = !WORD_CHARACTER.test(text.charAt(from - 1)) && !WORD_CHARACTER.test(text.charAt(to));
    if (isWhole && fits(from, to)) return true;
  }
  return false;
}

/** Whether a sticky regular expression (`y`) matches from a place on. */
export function continuesWith(text: string, at: number, sticky: RegExp): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}
