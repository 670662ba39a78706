import { type DataNode, dataAt, dataEntries, dataItems, dataText } from "./data-tree.ts";
import type { ManifestEntry, Requirement } from "./manifest.ts";
import { placeRequirements, type Source } from "./place-requirements.ts";
import { addIndex, addPython, type Section } from "./section.ts";
import { readPoetrySpecifiers } from "./specifiers.ts";
import { addTable } from "./table-requirements.ts";

/** `[tool.poetry]`: dependencies by name, groups, sources. */
export function readPoetry(section: Section): void {
  const poetry = dataAt(section.root, "tool", "poetry");
  const declared = section.entries.length;
  addTable(section, dataAt(poetry, "dependencies"), { kind: "main" });
  mergeDeclared(section, declared);
  addPython(section, dataAt(poetry, "dependencies"), "python", readPoetrySpecifiers);
  addTable(section, dataAt(poetry, "dev-dependencies"), { kind: "group", name: "dev" });
  for (const [name, group] of dataEntries(dataAt(poetry, "group"))) {
    addTable(section, dataAt(group.value, "dependencies"), { kind: "group", name });
  }
  addTable(section, dataAt(poetry, "requires-plugins"), { kind: "build" });
  for (const [, { value }] of dataEntries(dataAt(poetry, "build-constraints")))
    addTable(section, value, { kind: "constraint" });
  for (const source of dataItems(dataAt(poetry, "source"))) {
    addIndex(section, roleOf(source), dataAt(source, "url"), dataAt(source, "name"));
  }
}

/**
 * From Poetry 2 on the table may add to what `[project]` asks for: such an entry has no version of its own, and says where the package
 * comes from. `declared` entries were there before it.
 */
function mergeDeclared(section: Section, declared: number): void {
  const own = section.entries.splice(declared);
  const names = new Set(section.entries.map((entry) => (isShipped(entry) ? entry.name : undefined)));
  const sources = new Map<string, readonly Source[]>();
  const others = own.filter((entry) => {
    if (entry.kind !== "requirement" || entry.name === undefined) return true;
    if (!names.has(entry.name) || entry.specifiers.length > 0) return true;
    if (entry.origin.kind !== "index" || entry.origin.index !== undefined)
      sources.set(entry.name, [{ origin: entry.origin }]);
    return false;
  });
  placeRequirements(section, sources);
  section.entries.push(...others);
}

function isShipped(entry: ManifestEntry): entry is Requirement {
  return entry.kind === "requirement" && (entry.group.kind === "main" || entry.group.kind === "extra");
}

function roleOf(source: DataNode): "primary" | "extra" | "explicit" {
  const priority = dataText(dataAt(source, "priority"));
  if (priority === "explicit") return "explicit";
  const isDefault = dataAt(source, "default");
  const isSecondary = dataAt(source, "secondary");
  const isPrimary =
    priority === "primary" || priority === "default" || (isDefault?.kind === "scalar" && isDefault.value === true);
  return isPrimary || (priority === undefined && isSecondary === undefined) ? "primary" : "extra";
}
