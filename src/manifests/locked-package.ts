import { type DataEntry, type DataNode, dataAt, dataItems, dataText } from "./data-tree.ts";
import { isDefaultIndex } from "./default-index.ts";
import type { Origin, Requirement, RequirementGroup } from "./manifest.ts";
import { normalizeName } from "./requirement.ts";
import { addIndex, type Section } from "./section.ts";

/** What a lock says of one package beside its name and version. */
export interface LockedFacts {
  readonly origin: Origin;
  readonly hashes: readonly string[];
  /** Tables of its files, which may have a `url`. */
  readonly files?: readonly DataNode[];
  readonly group?: RequirementGroup;
  readonly marker?: string | undefined;
  readonly editable?: boolean;
}

/** Reads each package of a list of tables, which have `name` and `version`. */
export function addLockedPackages(section: Section, key: string, factsOf: (table: DataNode) => LockedFacts): void {
  for (const table of dataItems(dataAt(section.root, key))) {
    const name = entryOf(table, "name");
    if (name?.value.kind === "string") addLocked(section, { ...factsOf(table), name, table });
  }
}

function addLocked(
  section: Section,
  { name, table, origin, hashes, group = { kind: "main" }, marker, editable = false, files = [] }: Named,
): void {
  const writtenName = dataText(name.value) ?? "";
  const version = entryOf(table, "version");
  const text = dataText(version?.value);
  const places = version === undefined ? [name] : [name, version];
  const fileHosts = hostsOf(files);
  const requirement: Requirement = {
    kind: "requirement",
    name: normalizeName(writtenName),
    writtenName,
    extras: [],
    specifiers: text === undefined ? [] : [{ operator: "==", version: text, wildcard: false }],
    ...(marker !== undefined && { marker }),
    origin,
    hashes,
    editable,
    ...(fileHosts.length > 0 && { fileHosts }),
    group,
    variables: [],
    span: section.spanOf(Math.min(...places.map(({ start }) => start)), Math.max(...places.map(({ end }) => end))),
    ...spanOfText(section, "nameSpan", name.value),
    ...spanOfText(section, "versionSpan", version?.value),
  };
  section.entries.push(requirement);
}

interface Named extends LockedFacts {
  readonly name: DataEntry;
  readonly table: DataNode;
}

function spanOfText(section: Section, key: "nameSpan" | "versionSpan", value: DataNode | undefined) {
  return value?.kind === "string" ? { [key]: section.spanOf(value.start, value.end) } : {};
}

/** Packages of an index; the default one has no name. Another one is an entry of its own, once. */
export function indexOrigin(section: Section, address: DataNode | undefined): Origin {
  if (address?.kind !== "string" || isDefaultIndex(address.value)) return { kind: "index" };
  const { value } = address;
  const isKnown = section.entries.some((entry) => entry.kind === "index" && entry.value === value);
  if (!isKnown) addIndex(section, "explicit", address);
  return { kind: "index", index: value };
}

/** A checkout of one commit, or an archive; undefined where the address is missing. */
export function addressOrigin(
  section: Section,
  address: DataNode | undefined,
  checkout?: { readonly vcs: "git" | "hg" | "svn" | "bzr"; readonly revision: string | undefined },
): Origin | undefined {
  if (address?.kind !== "string") return undefined;
  const { revision, ...vcs } = checkout ?? {};
  return {
    kind: "url",
    url: address.value,
    urlSpan: section.spanOf(address.start, address.end),
    ...vcs,
    ...(revision !== undefined && { revision }),
  };
}

function hostsOf(files: readonly DataNode[]): readonly string[] {
  const urls = files.flatMap((file) => dataText(dataAt(file, "url")) ?? []);
  return [...new Set(urls.filter((url) => URL.canParse(url) && !isDefaultIndex(url)).map((url) => new URL(url).host))];
}

/** `hash = "sha256:…"` of each file. */
export function fileHashes(files: readonly DataNode[]): readonly string[] {
  return files.flatMap((file) => dataText(dataAt(file, "hash")) ?? []);
}

function entryOf(table: DataNode, key: string): DataEntry | undefined {
  return table.kind === "table" ? table.entries.get(key) : undefined;
}
