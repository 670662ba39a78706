/** Paths of which the canonical form is kept; then it is begun anew. */
export const MOST_PATHS = 50_000;

/**
 * Rewrites the longest prefix that is an alias, again and again: `fastapi.Request().url` → `starlette.requests.Request().url`.
 * Bounded, so that models which name each other cannot make it run for ever.
 */
export function canonicalizer(aliases: ReadonlyMap<string, string>): (path: string) => string {
  const known = new Map<string, string>();
  const tops = new Set([...aliases.keys()].map(firstName));
  const resolve = (path: string): string => {
    if (!tops.has(firstName(path))) return path;
    let current = path;
    for (let round = 0; round < 4; round++) {
      const rewritten = rewriteOnce(current, aliases);
      if (rewritten === current) break;
      current = rewritten;
    }
    return current;
  };
  return (path) => {
    let found = known.get(path);
    if (found === undefined) {
      found = resolve(path);
      if (known.size >= MOST_PATHS) known.clear();
      known.set(path, found);
    }
    return found;
  };
}

/** Up to the first point or bracket. */
export function firstName(path: string): string {
  for (let at = 0; at < path.length; at++) {
    const character = path.charCodeAt(at);
    if (character === POINT || character === PARENTHESIS || character === BRACKET) return path.slice(0, at);
  }
  return path;
}

const POINT = 46;
const PARENTHESIS = 40;
const BRACKET = 91;

function rewriteOnce(path: string, aliases: ReadonlyMap<string, string>): string {
  const whole = aliases.get(path);
  if (whole !== undefined) return whole;
  for (let end = path.length - 1; end > 0; end--) {
    const character = path[end];
    if (character !== "." && character !== "(" && character !== "[") continue;
    const target = aliases.get(path.slice(0, end));
    if (target !== undefined) return target + path.slice(end);
  }
  return path;
}
