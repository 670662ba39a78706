import type { Origin } from "./manifest.ts";
import type { Section } from "./section.ts";
import { type TomlNode, type TomlString, tomlAt, tomlText } from "./toml-tree.ts";

/** `{ git = "…", rev = "…" }`, `{ url = "…" }`, `{ path = "…" }`, of Poetry and of uv; undefined when none is said. */
export function readTableOrigin(section: Section, table: TomlNode): Origin | undefined {
  const git = tomlAt(table, "git");
  if (git?.kind === "string") {
    const revision = ["rev", "tag", "branch"]
      .map((key) => tomlText(tomlAt(table, key)))
      .find((found) => found !== undefined);
    return { ...urlOrigin(section, git), vcs: "git", ...(revision !== undefined && { revision }) };
  }
  const url = tomlAt(table, "url");
  if (url?.kind === "string") return urlOrigin(section, url);
  const path = tomlText(tomlAt(table, "path"));
  return path === undefined ? undefined : { kind: "path", path };
}

function urlOrigin(section: Section, url: TomlString) {
  return { kind: "url" as const, url: url.value, urlSpan: section.spanOf(url.start, url.end) };
}
