/** Whether a reader sees every character: a suggestion with a hidden one is not offered. */
export function hasInvisible(text: string): boolean {
  return text.replace(/[\t\r\n]/gu, "").search(INVISIBLE) >= 0;
}

/** Control, format and private-use characters, lone surrogates, and the separators that break a line. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0]/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE, "gu");

/** Each as the number that Unicode gives it: `⟨U+202E⟩` for a sign that would turn round what follows. */
export function showInvisible(text: string): string {
  return text.replace(ALL_INVISIBLE, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return `⟨U+${point.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

/** The same of code, whose tabs and line breaks stay; half of a sign that a mark cuts in two stays as well. */
export function showInvisibleInCode(code: string): string {
  return code.replace(/(?![\t\r\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu, showInvisible);
}
