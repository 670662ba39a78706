import { type DataNode, dataAt, dataEntries, dataItems, dataStrings, dataText } from "./data-tree.ts";
import { leaveOutExcluded } from "./leave-out.ts";
import type { IndexEntry, Origin } from "./manifest.ts";
import { placeRequirements, type Source } from "./place-requirements.ts";
import { normalizeName } from "./requirement.ts";
import { addIndex, addPrereleases, addRequirement, addRequirements, type Section } from "./section.ts";
import { readTableOrigin } from "./table-origin.ts";

/**
 * `[tool.uv]`, or the whole of `uv.toml`. Run last: its sources say where requirements of the other tables come from, and
 * its exclusions which do not come in.
 */
export function readUv(section: Section, uv: DataNode | undefined): void {
  addRequirements(section, dataAt(uv, "dev-dependencies"), { kind: "group", name: "dev" });
  for (const key of ["constraint-dependencies", "override-dependencies", "build-constraint-dependencies"]) {
    addRequirements(section, dataAt(uv, key), { kind: "constraint" });
  }
  // What a package is said to ask for comes in with it.
  for (const metadata of dataItems(dataAt(uv, "dependency-metadata")))
    addRequirements(section, dataAt(metadata, "requires-dist"), { kind: "constraint" });
  for (const [, { value }] of dataEntries(dataAt(uv, "extra-build-dependencies"))) {
    addRequirements(section, value, { kind: "build" });
    for (const item of dataItems(value)) addRequirement(section, dataAt(item, "requirement"), { kind: "build" });
  }
  for (const index of dataItems(dataAt(uv, "index")))
    addIndex(section, roleOf(index), dataAt(index, "url"), dataAt(index, "name"));
  for (const settings of [uv, dataAt(uv, "pip")]) readSettings(section, settings);
  leaveOutExcluded(section.entries, dataAt(uv, "exclude-dependencies"));
  placeRequirements(section, sourcesOf(section, dataAt(uv, "sources")));
}

function roleOf(index: DataNode): IndexEntry["role"] {
  if (isTrue(index, "explicit")) return "explicit";
  if (isTrue(index, "default")) return "primary";
  return dataText(dataAt(index, "format")) === "flat" ? "find-links" : "extra";
}

function readSettings(section: Section, settings: DataNode | undefined): void {
  addPrereleases(section, settings, "prerelease");
  addIndex(section, "primary", dataAt(settings, "index-url"));
  for (const url of dataStrings(dataAt(settings, "extra-index-url"))) addIndex(section, "extra", url);
  for (const link of dataStrings(dataAt(settings, "find-links"))) addIndex(section, "find-links", link);
  for (const host of dataStrings(dataAt(settings, "allow-insecure-host"))) addIndex(section, "trusted-host", host);
}

function sourcesOf(section: Section, table: DataNode | undefined): ReadonlyMap<string, readonly Source[]> {
  return new Map(
    dataEntries(table).flatMap(([name, { value }]) => {
      const listed = value.kind === "array" ? value.items : [value];
      const sources = listed.flatMap((source): readonly Source[] => {
        const origin = originOf(section, source);
        const marker = dataText(dataAt(source, "marker"));
        return origin === undefined ? [] : [{ origin, ...(marker !== undefined && { marker }) }];
      });
      return sources.length === 0 ? [] : [[normalizeName(name), sources] as const];
    }),
  );
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
