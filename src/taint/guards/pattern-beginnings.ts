/** How a text begins that a pattern lets through: as a part of the site's own address, or at least with a slash. */
export function beginningOf(pattern: string, method: string): "/" | "own" | undefined {
  const anchored = /^(?:\^|\\A)/.exec(pattern)?.[0];
  if (method === "search" && anchored === undefined) return undefined;
  const ways = alternativesOf(pattern.slice(anchored?.length ?? 0));
  if (ways.length > 1 && (method === "search" || anchored !== undefined)) return undefined;
  const found = ways.map((way) => beginningOfWay(way, method));
  if (found.some((one) => one === undefined)) return undefined;
  return found.every((one) => one === "own") ? "own" : "/";
}

/** Whether a pattern lets through nothing that begins with a dash, and not the empty text either. */
export function beginsWithoutDash(pattern: string, method: string): boolean {
  const anchored = /^(?:\^|\\A)/.exec(pattern)?.[0];
  if (method === "search" && anchored === undefined) return false;
  const ways = alternativesOf(pattern.slice(anchored?.length ?? 0));
  if (ways.length > 1 && anchored !== undefined) return false;
  return ways.every((way) => NO_DASH.test(way));
}

/** A letter, a sign or a class without a dash that has to be there. */
const NO_DASH = /^(?:[\w@/:#]|\\[wd./@:]|\[(?!\^)(?:\w-\w|[^\]\\-]|\\[wd./@:])+\])(?![*?]|\{0?,)/;

function beginningOfWay(way: string, method: string): "/" | "own" | undefined {
  const [slash, after = ""] = /^\\?\/(?![*?+{])([\s\S]*)$/.exec(way) ?? [];
  if (slash === undefined) return undefined;
  if (after === "") return method === "fullmatch" ? "own" : "/";
  return LEAVES_OUT_SLASH.test(after) || HAS_NO_OTHER_SLASH.test(after) ? "own" : "/";
}

/** The parts of a pattern between the bars that stand in no group and no class. */
function alternativesOf(pattern: string): readonly string[] {
  const ways = [""];
  let depth = 0;
  let isClass = false;
  for (const [piece] of pattern.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (piece === "[") isClass = true;
    else if (piece === "]") isClass = false;
    else if (!isClass && piece === "(") depth++;
    else if (!isClass && piece === ")") depth--;
    if (piece === "|" && depth === 0 && !isClass) ways.push("");
    else ways[ways.length - 1] += piece;
  }
  return ways;
}

/** A letter or a class without a slash that has to be there, the end, or a look ahead that forbids one. */
const LEAVES_OUT_SLASH =
  /^(?:(?:\w|\\[wd]|\[(?!\^)(?:[^\]\\/]|\\[wd.\-_])+\])(?![*?{])|\$$|\\Z$|\(\?!\[?(?:\\?\/|\\\\)+\]?\))/;

/** Letters and classes without a slash up to the end, each of them there or not. */
const HAS_NO_OTHER_SLASH = /^(?:(?:\w|\\[wd.]|\[(?!\^)(?:[^\]\\/]|\\[wd.\-_])+\])(?:[*?+]|\{\d*,?\d*\})?)*(?:\$|\\Z)$/;
