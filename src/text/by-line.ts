/** Lines from the first to the last, both included; without an end where the last is infinite. */
interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Those of many things that have a line in common with others, in their order: asked at the cost of the lines, not of all things. */
export function byLine<One>(all: readonly One[], linesOf: (one: One) => Lines): (lines: Lines) => readonly One[] {
  const everywhere: number[] = [];
  const places = new Map<number, number[]>();
  for (const [place, one] of all.entries()) {
    const { first, last } = linesOf(one);
    if (last === Number.POSITIVE_INFINITY) everywhere.push(place);
    else for (let line = first; line <= last; line++) placesAt(places, line).push(place);
  }
  return ({ first, last }) => {
    if (last === Number.POSITIVE_INFINITY) return all;
    const found = new Set(everywhere);
    for (let line = first; line <= last; line++) for (const place of places.get(line) ?? []) found.add(place);
    return [...found].sort((a, b) => a - b).flatMap((place) => all[place] ?? []);
  };
}

function placesAt(places: Map<number, number[]>, line: number): number[] {
  const known = places.get(line) ?? [];
  places.set(line, known);
  return known;
}
