/** How a text begins that a pattern lets through: as a part of the site's own address, or at least with a slash. */
export function beginningOf(pattern: string, method: string): "/" | "own" | undefined {
  const anchored = /^(?:\^|\\A)/.exec(pattern)?.[0];
  if (method === "search" && anchored === undefined) return undefined;
  if (pattern.includes("|")) return undefined;
  const rest = pattern.slice(anchored?.length ?? 0);
  const [slash, after = ""] = /^\\?\/(?![*?+{])([\s\S]*)$/.exec(rest) ?? [];
  if (slash === undefined) return undefined;
  return LEAVES_OUT_SLASH.test(after) ? "own" : "/";
}

/** A letter or a class without a slash that has to be there, the end, or a look ahead that forbids one. */
const LEAVES_OUT_SLASH =
  /^(?:(?:\w|\\[wd]|\[(?!\^)(?:[^\]\\/]|\\[wd.\-_])+\])(?![*?{])|\$$|\\Z$|$|\(\?!\[?(?:\\?\/|\\\\)+\]?\))/;
