import { type DataNode, dataAt, dataItems, dataStrings, dataText } from "./data-tree.ts";
import { addLockedPackages, addressOrigin, fileHashes } from "./locked-package.ts";
import type { Origin, RequirementGroup } from "./manifest.ts";
import type { Section } from "./section.ts";

/** `pdm.lock`. It does not tell which index a package is from. */
export function readPdmLock(section: Section): void {
  addLockedPackages(section, "package", (table) => {
    const editable = dataAt(table, "editable");
    return {
      origin: originOf(section, table),
      hashes: fileHashes(dataItems(dataAt(table, "files"))),
      files: dataItems(dataAt(table, "files")),
      group: groupOf(table),
      marker: dataText(dataAt(table, "marker")),
      editable: editable?.kind === "scalar" && editable.value === true,
    };
  });
}

function originOf(section: Section, table: DataNode): Origin {
  const revision = dataText(dataAt(table, "revision") ?? dataAt(table, "ref"));
  const address =
    addressOrigin(section, dataAt(table, "git"), { vcs: "git", revision }) ??
    addressOrigin(section, dataAt(table, "url"));
  const path = dataText(dataAt(table, "path"));
  return address ?? (path === undefined ? { kind: "index" } : { kind: "path", path });
}

function groupOf(table: DataNode): RequirementGroup {
  const groups = dataStrings(dataAt(table, "groups")).map(({ value }) => value);
  const [first] = groups;
  return first === undefined || groups.includes("default") ? { kind: "main" } : { kind: "group", name: first };
}
