/**
 * Whether an API path is the one that a pattern names; `*` in it stands for anything: `*.objects.*extra` is
 * `shop.models.Order.objects.filter().extra`. Linear in the path's length.
 */
export function matchesPath(path: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return path === pattern;
  if (!path.startsWith(first) || !path.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= path.length - last.length;
}
