/** What stands behind the last point of a dotted name: `get` of `requests.get`; a name without a point itself. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
