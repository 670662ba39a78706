/**
 * Several API paths written as one: `requests.{get,post}` stands for `requests.get` and `requests.post`.
 * Groups are expanded from left to right and do not nest.
 */
export function expandBraces(pattern: string): readonly string[] {
  const open = pattern.indexOf("{");
  if (open === -1) return [pattern];
  const close = pattern.indexOf("}", open);
  if (close === -1) return [pattern];
  const choices = pattern.slice(open + 1, close).split(",");
  const tails = expandBraces(pattern.slice(close + 1));
  return choices.flatMap((choice) => tails.map((tail) => pattern.slice(0, open) + choice.trim() + tail));
}
