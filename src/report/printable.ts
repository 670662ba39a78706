/**
 * Text from the code under review, safe in a terminal: control characters (which move the cursor, recolour or rename the
 * window) and bidirectional controls (which reorder what is read) become visible signs. Tabs become four spaces.
 */
export function printable(text: string): string {
  return (
    text
      .replaceAll("\t", "    ")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
      .replace(/[\u0000-\u001F]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
      .replace(/[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g, (sign) => `<U+${codeOf(sign)}>`)
      .toWellFormed()
  );
}

/** Columns that printable text takes in a terminal: wide signs take two, combining ones none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += combining.test(sign) ? 0 : wide.test(sign) ? 2 : 1;
  return width;
}

const combining = /^\p{M}$/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]$/u;

function codeOf(sign: string): string {
  return sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}
