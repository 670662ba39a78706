/**
 * Whether an API path is the one that a pattern names; `*` in it stands for anything: `*.objects.*extra` is
 * `shop.models.Order.objects.filter().extra`. Linear in the path's length.
 */
export function matchesPath(path: string, pattern: string): boolean {
  const { first, middle, last } = partsOf(pattern);
  if (last === undefined) return path === pattern;
  if (!path.endsWith(last) || !path.startsWith(first)) return false;
  let at = first.length;
  for (const part of middle) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= path.length - last.length;
}

interface Parts {
  readonly first: string;
  readonly middle: readonly string[];
  /** Undefined where the pattern has no `*`. */
  readonly last: string | undefined;
}

/** Patterns are those that rules and detectors are written with: few, and asked for again and again. */
const known = new Map<string, Parts>();

function partsOf(pattern: string): Parts {
  let parts = known.get(pattern);
  if (parts === undefined) {
    const [first = "", ...middle] = pattern.split("*");
    const last = middle.pop();
    parts = { first, middle, last };
    known.set(pattern, parts);
  }
  return parts;
}
