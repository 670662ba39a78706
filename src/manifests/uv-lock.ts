import { type DataNode, dataAt, dataItems, dataText } from "./data-tree.ts";
import { addLockedPackages, addressOrigin, fileHashes, indexOrigin } from "./locked-package.ts";
import type { Origin } from "./manifest.ts";
import type { Section } from "./section.ts";

/** `uv.lock`. */
export function readUvLock(section: Section): void {
  addLockedPackages(section, "package", (table) => {
    const source = dataAt(table, "source");
    const sdist = dataAt(table, "sdist");
    const files = [...(sdist === undefined ? [] : [sdist]), ...dataItems(dataAt(table, "wheels"))];
    return {
      origin: originOf(section, source),
      hashes: fileHashes(files),
      files,
      editable: dataAt(source, "editable") !== undefined,
    };
  });
}

function originOf(section: Section, source: DataNode | undefined): Origin {
  const registry = dataAt(source, "registry");
  // A folder of archives can be a registry too.
  if (registry?.kind === "string" && !registry.value.includes("://")) return { kind: "path", path: registry.value };
  const git = dataAt(source, "git");
  const revision = dataText(git)?.split("#")[1];
  const address =
    addressOrigin(section, git, { vcs: "git", revision }) ?? addressOrigin(section, dataAt(source, "url"));
  if (address !== undefined) return address;
  for (const key of ["path", "directory", "editable", "virtual"]) {
    const path = dataText(dataAt(source, key));
    if (path !== undefined) return { kind: "path", path };
  }
  return indexOrigin(section, registry);
}
