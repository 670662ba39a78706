import ignore from "ignore";
import type { IgnoreRule } from "./policy.ts";

/** Whether the name of a repository fits a pattern, in which `*` stands for any part of it; case does not count. */
export function nameMatches(pattern: string, name: string): boolean {
  const pieces = pattern.toLowerCase().split("*");
  const [first = "", ...others] = pieces;
  const last = others.pop();
  const text = name.toLowerCase();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** Whether a file is left out; a pattern that begins with `!` takes it back in, as in a `.gitignore`. */
export function matchesIgnore(rules: readonly IgnoreRule[], path: string): boolean {
  return rules.reduce((isOut, { folder, patterns }) => {
    const below = folder === "" ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
    if (below === undefined || !ignore.isPathValid(below)) return isOut;
    const { ignored, unignored } = ignore()
      .add([...patterns])
      .test(below);
    return ignored || (isOut && !unignored);
  }, false);
}
