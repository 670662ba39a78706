import type { Span } from "../text/span.ts";
import { type DataNode, type DataString, type DataTable, dataStrings } from "./data-tree.ts";
import type { IndexEntry, ManifestEntry, ManifestProblem, RequirementGroup, Specifier } from "./manifest.ts";
import { readRequirement } from "./requirement.ts";

/** Everything that one reader of a section needs: what it finds goes into `entries`, what it cannot read into `problems`. */
export interface Section {
  readonly root: DataTable;
  readonly entries: ManifestEntry[];
  readonly problems: ManifestProblem[];
  spanOf(start: number, end: number): Span;
}

export function addRequirements(section: Section, list: DataNode | undefined, group: RequirementGroup): void {
  for (const item of dataStrings(list)) addRequirement(section, item, group);
}

export function addRequirement(section: Section, item: DataNode | undefined, group: RequirementGroup): void {
  if (item?.kind !== "string") return;
  const spanOf = item.verbatim
    ? (start: number, end: number) => section.spanOf(item.start + start, item.start + end)
    : () => section.spanOf(item.start, item.end);
  // PDM writes checkouts and folders of one's own as pip does.
  const option = /^-e\s+/.exec(item.value)?.[0].length ?? 0;
  const source = { text: item.value, start: option, end: item.value.length, spanOf };
  const requirement = readRequirement(source, { group, editable: option > 0, hashes: [] });
  if (requirement !== undefined) section.entries.push(requirement);
  else addProblem(section, item, "this is not a requirement");
}

export function addIndex(
  section: Section,
  role: IndexEntry["role"],
  value: DataNode | undefined,
  name?: DataNode,
): void {
  if (value?.kind !== "string") return;
  const valueSpan = section.spanOf(value.start, value.end);
  const named = name?.kind === "string" ? { name: name.value } : {};
  section.entries.push({ kind: "index", role, ...named, value: value.value, span: valueSpan, valueSpan });
}

/** `key = true`, or one of the words that mean as much: releases before the final one are taken. */
export function addPrereleases(section: Section, table: DataNode | undefined, key: string, name?: string): void {
  const setting = table?.kind === "table" ? table.entries.get(key) : undefined;
  if (setting === undefined || !isAllowing(setting.value)) return;
  const about = name === undefined ? {} : { package: name };
  const span = section.spanOf(setting.start, setting.end);
  section.entries.push({ kind: "setting", role: "prereleases", ...about, span });
}

function isAllowing(value: DataNode): boolean {
  return value.kind === "scalar" ? value.value === true : value.kind === "string" && value.value === "allow";
}

/** The versions of Python that `key` of a table asks for, as `read` understands them. */
export function addPython(
  section: Section,
  table: DataNode | undefined,
  key: string,
  read: (range: string) => readonly Specifier[] | undefined,
): void {
  const setting = table?.kind === "table" ? table.entries.get(key) : undefined;
  const specifiers = setting?.value.kind === "string" ? read(setting.value.value) : undefined;
  if (setting === undefined || specifiers === undefined) return;
  section.entries.push({
    kind: "setting",
    role: "python",
    specifiers,
    span: section.spanOf(setting.start, setting.end),
  });
}

/** `verify_ssl = false` trusts whatever answers in the name of the host. */
export function addUnverified(section: Section, source: DataNode, url: DataNode | undefined): void {
  const verify = source.kind === "table" ? source.entries.get("verify_ssl") : undefined;
  if (verify?.value.kind !== "scalar" || verify.value.value !== false || url?.kind !== "string") return;
  const span = section.spanOf(verify.start, verify.end);
  const host = URL.canParse(url.value) ? new URL(url.value).host : url.value;
  section.entries.push({ kind: "index", role: "trusted-host", value: host, span, valueSpan: span });
}

function addProblem(section: Section, at: DataString, reason: string): void {
  section.problems.push({ line: section.spanOf(at.start, at.end).start.line, reason });
}
