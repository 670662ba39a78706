import type { Origin, Requirement } from "./manifest.ts";
import type { Section } from "./section.ts";

/** Where a package comes from, as another table than the one that asks for it says. */
export interface Source {
  readonly origin: Origin;
  /** The environments in which it is from there. */
  readonly marker?: string;
}

/**
 * Puts the sources, by normalized name, in the place of what the requirements themselves say. Of several the first holds, and each
 * that is an address, since its code comes in as well.
 */
export function placeRequirements({ entries }: Section, sources: ReadonlyMap<string, readonly Source[]>): void {
  const placed = entries.flatMap((entry) => {
    const found = entry.kind === "requirement" && entry.name !== undefined ? sources.get(entry.name) : undefined;
    if (entry.kind !== "requirement" || found === undefined) return [entry];
    return found.filter(({ origin }, at) => at === 0 || origin.kind === "url").map((source) => from(entry, source));
  });
  entries.splice(0, entries.length, ...placed);
}

function from(entry: Requirement, { origin, marker }: Source): Requirement {
  const markers = [entry.marker, marker].filter((one) => one !== undefined);
  return { ...entry, origin, ...(markers.length > 0 && { marker: markers.join(" and ") }) };
}
