import type { Origin, Requirement, RequirementGroup } from "./manifest.ts";
import { normalizeName } from "./requirement.ts";
import { addIndex, type Section } from "./section.ts";
import { readPoetrySpecifiers } from "./specifiers.ts";
import { readTableOrigin } from "./table-origin.ts";
import { type TomlEntry, type TomlNode, tomlAt, tomlEntries, tomlItems, tomlStrings, tomlText } from "./toml-tree.ts";

/** `[tool.poetry]`: dependencies by name, groups, sources. */
export function readPoetry(section: Section): void {
  const poetry = tomlAt(section.root, "tool", "poetry");
  addTable(section, tomlAt(poetry, "dependencies"), { kind: "main" });
  addTable(section, tomlAt(poetry, "dev-dependencies"), { kind: "group", name: "dev" });
  for (const [name, group] of tomlEntries(tomlAt(poetry, "group"))) {
    addTable(section, tomlAt(group.value, "dependencies"), { kind: "group", name });
  }
  for (const source of tomlItems(tomlAt(poetry, "source"))) {
    addIndex(section, roleOf(source), tomlAt(source, "url"), tomlAt(source, "name"));
  }
}

function roleOf(source: TomlNode): "primary" | "extra" | "explicit" {
  const priority = tomlText(tomlAt(source, "priority"));
  if (priority === "explicit") return "explicit";
  const isDefault = tomlAt(source, "default");
  const isSecondary = tomlAt(source, "secondary");
  const isPrimary =
    priority === "primary" || priority === "default" || (isDefault?.kind === "scalar" && isDefault.value === true);
  return isPrimary || (priority === undefined && isSecondary === undefined) ? "primary" : "extra";
}

function addTable(section: Section, table: TomlNode | undefined, group: RequirementGroup): void {
  for (const [name, entry] of tomlEntries(table)) {
    if (name === "python") continue;
    // Several constraints for one package, told apart by their markers.
    const variants = entry.value.kind === "array" ? entry.value.items : [entry.value];
    for (const variant of variants) addVariant(section, { name, entry, variant, group });
  }
}

interface Variant {
  readonly name: string;
  readonly entry: TomlEntry;
  readonly variant: TomlNode;
  readonly group: RequirementGroup;
}

function addVariant(section: Section, { name, entry, variant, group }: Variant): void {
  const version = variant.kind === "string" ? variant : tomlAt(variant, "version");
  const range = version?.kind === "string" ? version : undefined;
  const specifiers = readPoetrySpecifiers(range?.value ?? "");
  const span = section.spanOf(entry.start, entry.end);
  if (specifiers === undefined) {
    section.problems.push({ line: span.start.line, reason: "this is not a version" });
    return;
  }
  const marker = tomlText(tomlAt(variant, "markers"));
  const develop = tomlAt(variant, "develop");
  const requirement: Requirement = {
    kind: "requirement",
    name: normalizeName(name),
    writtenName: name,
    extras: tomlStrings(tomlAt(variant, "extras")).map((extra) => normalizeName(extra.value)),
    specifiers,
    ...(marker !== undefined && { marker }),
    origin: originOf(section, variant),
    hashes: [],
    editable: develop?.kind === "scalar" && develop.value === true,
    group,
    variables: [],
    span,
    nameSpan: section.spanOf(entry.keyStart, entry.keyEnd),
    ...(range !== undefined && { versionSpan: section.spanOf(range.start, range.end) }),
  };
  section.entries.push(requirement);
}

function originOf(section: Section, variant: TomlNode): Origin {
  return readTableOrigin(section, variant) ?? { kind: "index", ...definedIndex(tomlText(tomlAt(variant, "source"))) };
}

function definedIndex(index: string | undefined): { readonly index?: string } {
  return index === undefined ? {} : { index };
}
