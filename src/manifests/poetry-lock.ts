import { type DataNode, dataAt, dataEntries, dataItems, dataStrings, dataText } from "./data-tree.ts";
import { addLockedPackages, addressOrigin, fileHashes, indexOrigin } from "./locked-package.ts";
import type { Origin, RequirementGroup } from "./manifest.ts";
import type { Section } from "./section.ts";

/** `poetry.lock`, also of the versions that list the files of all packages together. */
export function readPoetryLock(section: Section): void {
  const files = new Map(dataEntries(dataAt(section.root, "metadata", "files")));
  const digests = new Map(dataEntries(dataAt(section.root, "metadata", "hashes")));
  addLockedPackages(section, "package", (table) => {
    const name = dataText(dataAt(table, "name")) ?? "";
    const listed = [...dataItems(dataAt(table, "files")), ...dataItems(files.get(name)?.value)];
    const plain = dataStrings(digests.get(name)?.value).map(({ value }) => `sha256:${value}`);
    return {
      origin: originOf(section, dataAt(table, "source")),
      hashes: [...fileHashes(listed), ...plain],
      group: groupOf(table),
      marker: dataText(dataAt(table, "markers")),
      editable: isTrue(dataAt(table, "develop")),
    };
  });
}

function originOf(section: Section, source: DataNode | undefined): Origin {
  const address = dataAt(source, "url");
  const place: Origin = { kind: "path", path: dataText(address) ?? "" };
  switch (dataText(dataAt(source, "type"))) {
    case "git": {
      const revision = dataText(dataAt(source, "resolved_reference") ?? dataAt(source, "reference"));
      return addressOrigin(section, address, { vcs: "git", revision }) ?? place;
    }
    case "url":
      return addressOrigin(section, address) ?? place;
    case "file":
    case "directory":
      return place;
    default:
      return indexOrigin(section, address);
  }
}

function groupOf(table: DataNode): RequirementGroup {
  const groups = dataStrings(dataAt(table, "groups")).map(({ value }) => value);
  const category = dataText(dataAt(table, "category"));
  const [first = category] = groups;
  return first === undefined || first === "main" || groups.includes("main")
    ? { kind: "main" }
    : { kind: "group", name: first };
}

function isTrue(node: DataNode | undefined): boolean {
  return node?.kind === "scalar" && node.value === true;
}
