import { type DataEntry, dataAt, dataEntries, dataItems, dataStrings, dataText } from "./data-tree.ts";
import { isDefaultIndex } from "./default-index.ts";
import type { Origin, RequirementGroup } from "./manifest.ts";
import { addSources } from "./pipfile.ts";
import type { Section } from "./section.ts";
import { addTable } from "./table-requirements.ts";

/** `Pipfile.lock`: each category beside `_meta`. */
export function readPipfileLock(section: Section): void {
  const sources = dataAt(section.root, "_meta", "sources");
  addSources(section, sources);
  const indexes = new Map(
    dataItems(sources).map((source) => [dataText(dataAt(source, "name")), dataText(dataAt(source, "url"))] as const),
  );
  const [first] = indexes.values();
  for (const [category, { value }] of dataEntries(section.root)) {
    if (category === "_meta") continue;
    addTable(section, value, groupOf(category), {
      more: (entry, origin) => ({ origin: placed(origin, indexes, first), hashes: hashesOf(entry) }),
    });
  }
}

/** The address of the source that the package is from, by its name; the first one where none is named. */
function placed(origin: Origin, indexes: ReadonlyMap<string | undefined, string | undefined>, first?: string): Origin {
  if (origin.kind !== "index") return origin;
  const index = origin.index === undefined ? first : (indexes.get(origin.index) ?? origin.index);
  return index === undefined || isDefaultIndex(index) ? { kind: "index" } : { kind: "index", index };
}

function hashesOf({ value }: DataEntry): readonly string[] {
  return dataStrings(dataAt(value, "hashes")).map((hash) => hash.value);
}

function groupOf(category: string): RequirementGroup {
  if (category === "default") return { kind: "main" };
  return { kind: "group", name: category === "develop" ? "dev" : category };
}
