import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";

/** Sums by dotted name: what is counted of a definition counts for its own name and for all that it stands in. */
export function countInside(
  { definitions }: ModuleFacts,
  countOf: (definition: DefinitionFact) => number,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const definition of definitions) {
    const count = countOf(definition);
    let name = count === 0 ? "" : definition.qualifiedName;
    for (; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf("."))))
      counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return counts;
}
