import { type DataNode, type DataString, dataAt, dataText } from "./data-tree.ts";
import type { Origin } from "./manifest.ts";
import type { Section } from "./section.ts";

/** `{ git = "…", rev = "…" }`, `{ url = "…" }`, `{ path = "…" }`, of Poetry, uv and Pipenv; undefined when none is said. */
export function readTableOrigin(section: Section, table: DataNode): Origin | undefined {
  for (const vcs of SYSTEMS) {
    const checkout = dataAt(table, vcs);
    if (checkout?.kind !== "string") continue;
    const revision = ["rev", "tag", "branch", "ref"]
      .map((key) => dataText(dataAt(table, key)))
      .find((found) => found !== undefined);
    return { ...urlOrigin(section, checkout), vcs, ...(revision !== undefined && { revision }) };
  }
  const url = dataAt(table, "url");
  if (url?.kind === "string") return urlOrigin(section, url);
  // Pipenv's archive: an address, or a place on this machine.
  const file = dataAt(table, "file");
  if (file?.kind === "string" && file.value.includes("://")) return urlOrigin(section, file);
  const path = dataText(dataAt(table, "path") ?? file);
  return path === undefined ? undefined : { kind: "path", path };
}

/** What Pipenv takes beside Git, which all of them do. */
const SYSTEMS = ["git", "hg", "svn", "bzr"] as const;

function urlOrigin(section: Section, url: DataString) {
  return { kind: "url" as const, url: url.value, urlSpan: section.spanOf(url.start, url.end) };
}
