import type { ManifestEntry, Origin, Requirement } from "../../src/manifests/manifest.ts";
import { readManifest } from "../../src/manifests/read-manifest.ts";

/** One line for each entry, in the order of the file, and the places of problems. */
export function shown(path: string, text: string): readonly string[] {
  const facts = readManifest(path, text);
  const problems = (facts?.problems ?? []).map(({ line, reason }) => `line ${line}: ${reason}`);
  return [...(facts?.entries ?? []).map(showEntry), ...problems];
}

function showEntry(entry: ManifestEntry): string {
  switch (entry.kind) {
    case "index":
      return `index ${entry.role} ${entry.value}`;
    case "include":
      return `include ${entry.role} ${entry.path}`;
    case "setting":
      return entry.role === "python"
        ? `python ${entry.specifiers.map(({ operator, version }) => operator + version).join()}`
        : `prereleases of ${entry.package ?? "all"}`;
    case "requirement":
      return showRequirement(entry);
  }
}

function showRequirement(requirement: Requirement): string {
  const { name = "?", specifiers, extras, group, hashes, marker, editable } = requirement;
  const range = specifiers.map(({ operator, version }) => operator + version).join();
  const parts = [
    `${name}${extras.length > 0 ? `[${extras.join()}]` : ""}${range}`,
    "name" in group ? `${group.kind}:${group.name}` : group.kind,
    showOrigin(requirement.origin),
    hashes.length > 0 ? `${hashes.length} hashes` : "",
    marker === undefined ? "" : `; ${marker}`,
    editable ? "editable" : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function showOrigin(origin: Origin): string {
  switch (origin.kind) {
    case "index":
      return origin.index === undefined ? "" : `from ${origin.index}`;
    case "path":
      return `at ${origin.path}`;
    case "url":
      return `${origin.vcs ?? "url"} ${origin.url}${origin.revision === undefined ? "" : ` (${origin.revision})`}`;
  }
}
