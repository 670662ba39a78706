import type { Origin } from "./manifest.ts";
import { normalizeName } from "./requirement.ts";
import { addIndex, addRequirements, type Section } from "./section.ts";
import { readTableOrigin } from "./table-origin.ts";
import { type TomlNode, tomlAt, tomlEntries, tomlItems, tomlStrings } from "./toml-tree.ts";

/** `[tool.uv]`. Run last: its sources say where requirements of the other tables come from. */
export function readUv(section: Section): void {
  const uv = tomlAt(section.root, "tool", "uv");
  addRequirements(section, tomlAt(uv, "dev-dependencies"), { kind: "group", name: "dev" });
  for (const key of ["constraint-dependencies", "override-dependencies", "build-constraint-dependencies"]) {
    addRequirements(section, tomlAt(uv, key), { kind: "constraint" });
  }
  for (const index of tomlItems(tomlAt(uv, "index"))) {
    addIndex(
      section,
      isTrue(index, "explicit") ? "explicit" : isTrue(index, "default") ? "primary" : "extra",
      tomlAt(index, "url"),
      tomlAt(index, "name"),
    );
  }
  for (const settings of [uv, tomlAt(uv, "pip")]) readSettings(section, settings);
  applySources(section, tomlAt(uv, "sources"));
}

function readSettings(section: Section, settings: TomlNode | undefined): void {
  addIndex(section, "primary", tomlAt(settings, "index-url"));
  for (const url of tomlStrings(tomlAt(settings, "extra-index-url"))) addIndex(section, "extra", url);
  for (const link of tomlStrings(tomlAt(settings, "find-links"))) addIndex(section, "find-links", link);
  for (const host of tomlStrings(tomlAt(settings, "allow-insecure-host"))) addIndex(section, "trusted-host", host);
}

function applySources(section: Section, table: TomlNode | undefined): void {
  const origins = new Map<string, Origin>();
  for (const [name, entry] of tomlEntries(table)) {
    const [first] = entry.value.kind === "array" ? entry.value.items : [entry.value];
    const origin = first && originOf(section, first);
    if (origin !== undefined) origins.set(normalizeName(name), origin);
  }
  for (const [at, entry] of section.entries.entries()) {
    const origin = entry.kind === "requirement" && entry.name !== undefined ? origins.get(entry.name) : undefined;
    if (origin !== undefined && entry.kind === "requirement") section.entries[at] = { ...entry, origin };
  }
}

function originOf(section: Section, source: TomlNode): Origin | undefined {
  const index = tomlAt(source, "index");
  if (index?.kind === "string") return { kind: "index", index: index.value };
  if (isTrue(source, "workspace")) return { kind: "path", path: "." };
  return readTableOrigin(section, source);
}

function isTrue(table: TomlNode, key: string): boolean {
  const value = tomlAt(table, key);
  return value?.kind === "scalar" && value.value === true;
}
