import { type DataEntry, type DataNode, dataAt, dataEntries, dataStrings, dataText } from "./data-tree.ts";
import type { Origin, Requirement, RequirementGroup, Specifier } from "./manifest.ts";
import { normalizeName, readOrigin } from "./requirement.ts";
import { addPrereleases, type Section } from "./section.ts";
import { readPoetrySpecifiers } from "./specifiers.ts";
import { readTableOrigin } from "./table-origin.ts";

/** In what a table differs from Poetry's. */
interface Ways {
  /** What a file says of a package beside what every table has. */
  readonly more?: (entry: DataEntry, origin: Origin) => Partial<Pick<Requirement, "origin" | "hashes">>;
  readonly readRange?: (range: string) => readonly Specifier[] | undefined;
}

/** Packages by their names, as Poetry and Pipenv list them: `name = "range"`, or a table with `version`, `git`, `path`. */
export function addTable(
  section: Section,
  table: DataNode | undefined,
  group: RequirementGroup,
  ways: Ways = {},
): void {
  for (const [name, entry] of dataEntries(table)) {
    if (name === "python") continue;
    // Several constraints for one package, told apart by their markers.
    const variants = entry.value.kind === "array" ? entry.value.items : [entry.value];
    for (const variant of variants) addVariant(section, { name, entry, variant, group, ...ways });
  }
}

interface Variant extends Ways {
  readonly name: string;
  readonly entry: DataEntry;
  readonly variant: DataNode;
  readonly group: RequirementGroup;
}

function addVariant(section: Section, { name, entry, variant, group, more, readRange }: Variant): void {
  const place = variant.kind === "string" && isAddress(variant.value) ? variant : undefined;
  const version = variant.kind === "string" && place === undefined ? variant : dataAt(variant, "version");
  const range = version?.kind === "string" ? version : undefined;
  const specifiers = (readRange ?? readPoetrySpecifiers)(range?.value ?? "");
  const span = section.spanOf(entry.start, entry.end);
  if (specifiers === undefined) {
    section.problems.push({ line: span.start.line, reason: "this is not a version" });
    return;
  }
  addPrereleases(section, variant, "allow-prereleases", name);
  const marker = markerOf(variant);
  const develop = dataAt(variant, "develop") ?? dataAt(variant, "editable");
  const origin = place ? readOrigin(place.value, section.spanOf(place.start, place.end)) : originOf(section, variant);
  const requirement: Requirement = {
    kind: "requirement",
    name: normalizeName(name),
    writtenName: name,
    extras: dataStrings(dataAt(variant, "extras")).map((extra) => normalizeName(extra.value)),
    specifiers,
    ...(marker !== undefined && { marker }),
    origin,
    hashes: [],
    editable: develop?.kind === "scalar" && develop.value === true,
    group,
    variables: [],
    span,
    nameSpan: section.spanOf(entry.keyStart, entry.keyEnd),
    ...(range !== undefined && { versionSpan: section.spanOf(range.start, range.end) }),
    ...more?.(entry, origin),
  };
  section.entries.push(requirement);
}

/** PDM's overrides take an address in the version's place. */
function isAddress(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(value);
}

/** Environments that Pipenv names by a key of their own: `sys_platform = "== 'win32'"`. */
const ENVIRONMENT = [
  "os_name",
  "sys_platform",
  "platform_machine",
  "platform_python_implementation",
  "platform_release",
  "platform_system",
  "platform_version",
  "python_version",
  "python_full_version",
  "implementation_name",
  "implementation_version",
];

function markerOf(variant: DataNode): string | undefined {
  const named = ENVIRONMENT.flatMap((key) => {
    const value = dataText(dataAt(variant, key));
    return value === undefined ? [] : [`${key} ${value.trim()}`];
  });
  // Poetry's name for one of them.
  const platform = dataText(dataAt(variant, "platform"));
  const parts = [dataText(dataAt(variant, "markers")), ...named, platform && `sys_platform == "${platform}"`];
  const written = parts.filter((part) => part !== undefined && part !== "");
  return written.length === 0 ? undefined : written.join(" and ");
}

function originOf(section: Section, variant: DataNode): Origin {
  const index = dataText(dataAt(variant, "source") ?? dataAt(variant, "index"));
  return readTableOrigin(section, variant) ?? { kind: "index", ...definedIndex(index) };
}

function definedIndex(index: string | undefined): { readonly index?: string } {
  return index === undefined ? {} : { index };
}
