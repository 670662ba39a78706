import { type DataNode, dataAt, dataEntries, dataItems, dataText } from "./data-tree.ts";
import { isDefaultIndex } from "./default-index.ts";
import { addLockedPackages, addressOrigin, indexOrigin } from "./locked-package.ts";
import type { Origin } from "./manifest.ts";
import type { Section } from "./section.ts";

/** `pylock.toml` and `pylock.<name>.toml`, the format that installers share (PEP 751). */
export function readPylock(section: Section): void {
  addLockedPackages(section, "packages", (table) => {
    const files = filesOf(table);
    const editable = dataAt(table, "directory", "editable");
    return {
      origin: originOf(section, table, files),
      hashes: files.flatMap(hashesOf),
      files,
      marker: dataText(dataAt(table, "marker")),
      editable: editable?.kind === "scalar" && editable.value === true,
    };
  });
}

function filesOf(table: DataNode): readonly DataNode[] {
  const single = [dataAt(table, "archive"), dataAt(table, "sdist")].filter((file) => file !== undefined);
  return [...single, ...dataItems(dataAt(table, "wheels"))];
}

function hashesOf(file: DataNode): readonly string[] {
  return dataEntries(dataAt(file, "hashes")).flatMap(([algorithm, { value }]) => {
    const digest = dataText(value);
    return digest === undefined ? [] : [`${algorithm}:${digest}`];
  });
}

const SYSTEMS = new Set(["git", "hg", "svn", "bzr"] as const);

function originOf(section: Section, table: DataNode, files: readonly DataNode[]): Origin {
  const checkout = dataAt(table, "vcs");
  const vcs = [...SYSTEMS].find((system) => system === dataText(dataAt(checkout, "type"))) ?? "git";
  const revision = dataText(dataAt(checkout, "commit-id") ?? dataAt(checkout, "requested-revision"));
  const address =
    addressOrigin(section, dataAt(checkout, "url"), { vcs, revision }) ??
    addressOrigin(section, dataAt(table, "archive", "url"));
  if (address !== undefined) return address;
  for (const place of [checkout, dataAt(table, "directory"), dataAt(table, "archive")]) {
    const path = dataText(dataAt(place, "path"));
    if (path !== undefined) return { kind: "path", path };
  }
  const index = dataAt(table, "index");
  if (index !== undefined) return indexOrigin(section, index);
  // Without an index the files tell where the package was found.
  const urls = files.flatMap((file) => dataText(dataAt(file, "url")) ?? []);
  const elsewhere = urls.find((url) => URL.canParse(url) && !isDefaultIndex(url));
  return { kind: "index", ...(elsewhere !== undefined && { index: new URL(elsewhere).origin }) };
}
