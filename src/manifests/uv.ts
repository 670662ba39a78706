import { type DataNode, dataAt, dataEntries, dataItems, dataStrings } from "./data-tree.ts";
import type { Origin } from "./manifest.ts";
import { normalizeName } from "./requirement.ts";
import { addIndex, addPrereleases, addRequirements, type Section } from "./section.ts";
import { readTableOrigin } from "./table-origin.ts";

/** `[tool.uv]`. Run last: its sources say where requirements of the other tables come from. */
export function readUv(section: Section): void {
  const uv = dataAt(section.root, "tool", "uv");
  addRequirements(section, dataAt(uv, "dev-dependencies"), { kind: "group", name: "dev" });
  for (const key of ["constraint-dependencies", "override-dependencies", "build-constraint-dependencies"]) {
    addRequirements(section, dataAt(uv, key), { kind: "constraint" });
  }
  for (const [, { value }] of dataEntries(dataAt(uv, "extra-build-dependencies")))
    addRequirements(section, value, { kind: "build" });
  for (const index of dataItems(dataAt(uv, "index"))) {
    addIndex(
      section,
      isTrue(index, "explicit") ? "explicit" : isTrue(index, "default") ? "primary" : "extra",
      dataAt(index, "url"),
      dataAt(index, "name"),
    );
  }
  for (const settings of [uv, dataAt(uv, "pip")]) readSettings(section, settings);
  applySources(section, dataAt(uv, "sources"));
}

function readSettings(section: Section, settings: DataNode | undefined): void {
  addPrereleases(section, settings, "prerelease");
  addIndex(section, "primary", dataAt(settings, "index-url"));
  for (const url of dataStrings(dataAt(settings, "extra-index-url"))) addIndex(section, "extra", url);
  for (const link of dataStrings(dataAt(settings, "find-links"))) addIndex(section, "find-links", link);
  for (const host of dataStrings(dataAt(settings, "allow-insecure-host"))) addIndex(section, "trusted-host", host);
}

function applySources(section: Section, table: DataNode | undefined): void {
  const origins = new Map<string, Origin>();
  for (const [name, entry] of dataEntries(table)) {
    const [first] = entry.value.kind === "array" ? entry.value.items : [entry.value];
    const origin = first && originOf(section, first);
    if (origin !== undefined) origins.set(normalizeName(name), origin);
  }
  for (const [at, entry] of section.entries.entries()) {
    const origin = entry.kind === "requirement" && entry.name !== undefined ? origins.get(entry.name) : undefined;
    if (origin !== undefined && entry.kind === "requirement") section.entries[at] = { ...entry, origin };
  }
}

function originOf(section: Section, source: DataNode): Origin | undefined {
  const index = dataAt(source, "index");
  if (index?.kind === "string") return { kind: "index", index: index.value };
  if (isTrue(source, "workspace")) return { kind: "path", path: "." };
  return readTableOrigin(section, source);
}

function isTrue(table: DataNode, key: string): boolean {
  const value = dataAt(table, key);
  return value?.kind === "scalar" && value.value === true;
}
