import type { Span } from "../text/span.ts";
import type { IndexEntry, ManifestEntry, ManifestProblem, RequirementGroup } from "./manifest.ts";
import { readRequirement } from "./requirement.ts";
import { type TomlNode, type TomlString, type TomlTable, tomlStrings } from "./toml-tree.ts";

/** Everything that one reader of a section needs: what it finds goes into `entries`, what it cannot read into `problems`. */
export interface Section {
  readonly root: TomlTable;
  readonly entries: ManifestEntry[];
  readonly problems: ManifestProblem[];
  spanOf(start: number, end: number): Span;
}

export function addRequirements(section: Section, list: TomlNode | undefined, group: RequirementGroup): void {
  for (const item of tomlStrings(list)) {
    const spanOf = item.verbatim
      ? (start: number, end: number) => section.spanOf(item.start + start, item.start + end)
      : () => section.spanOf(item.start, item.end);
    const source = { text: item.value, start: 0, end: item.value.length, spanOf };
    const requirement = readRequirement(source, { group, editable: false, hashes: [] });
    if (requirement !== undefined) section.entries.push(requirement);
    else addProblem(section, item, "this is not a requirement");
  }
}

export function addIndex(
  section: Section,
  role: IndexEntry["role"],
  value: TomlNode | undefined,
  name?: TomlNode,
): void {
  if (value?.kind !== "string") return;
  const valueSpan = section.spanOf(value.start, value.end);
  const named = name?.kind === "string" ? { name: name.value } : {};
  section.entries.push({ kind: "index", role, ...named, value: value.value, span: valueSpan, valueSpan });
}

function addProblem(section: Section, at: TomlString, reason: string): void {
  section.problems.push({ line: section.spanOf(at.start, at.end).start.line, reason });
}
