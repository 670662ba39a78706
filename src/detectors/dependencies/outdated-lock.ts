import { compare, valid } from "@renovatebot/pep440";
import type { ManifestFacts } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";
import { type Named, packagesOf, requirementsOf } from "./requirements.ts";

/** What writes each lock. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ["uv.lock", "uv lock"],
  ["poetry.lock", "poetry lock"],
  ["pdm.lock", "pdm lock"],
  ["Pipfile.lock", "pipenv lock"],
]);

/** Packages that a project asks for and that its lock does not have, or only in an older version. */
export const outdatedLock: ManifestDetector = {
  kind: "manifest",
  name: "outdated-lock",
  prepare: () => detect,
};

function* detect(manifest: ManifestFacts): Generator<ManifestDetection> {
  const { lock, text } = manifest;
  // A lock that is read in part, or holds nothing, tells nothing of what is missing.
  if (lock === undefined || lock.problems.length > 0 || requirementsOf(lock).length === 0) return;
  const command = COMMANDS.get(lock.path.slice(lock.path.lastIndexOf("/") + 1)) ?? "";
  const locked = Map.groupBy(requirementsOf(lock), ({ name }) => name);
  const decided = new Set(
    requirementsOf(manifest).flatMap(({ group, name }) => (group.kind === "constraint" ? [name] : [])),
  );
  for (const entry of packagesOf(manifest)) {
    const isOfConda = entry.origin.kind === "index" && entry.origin.ofConda === true;
    if (isOfConda || !isLocked(entry, lock) || decided.has(entry.name)) continue;
    const name = entry.writtenName ?? entry.name;
    const found = locked.get(entry.name);
    const { span } = entry;
    if (found === undefined) {
      yield { span, fields: { what: `The lock file does not have \`${name}\``, command } };
      continue;
    }
    const versions = found.flatMap(({ specifiers }) => specifiers.map(({ version }) => version));
    // Clauses of alternatives (`||`) are not all meant at once.
    const lowest = text.slice(span.start.offset, span.end.offset).includes("|") ? undefined : lowestOf(entry);
    if (lowest === undefined || versions.length === 0 || versions.some((version) => isAtLeast(version, lowest)))
      continue;
    yield { span, fields: { what: `The lock file has \`${name}\` ${versions.join(", ")}`, command } };
  }
}

/** What is needed everywhere: PDM locks extras on request, and some tools leave out what no platform of the project needs. */
function isLocked({ group, marker }: Named, lock: ManifestFacts): boolean {
  if (marker !== undefined) return false;
  return group.kind === "main" || (group.kind === "extra" && !lock.path.endsWith("pdm.lock"));
}

function lowestOf({ specifiers }: Named): string | undefined {
  const clause = specifiers.find(({ operator, wildcard }) => !wildcard && (operator === ">=" || operator === "=="));
  return clause !== undefined && valid(clause.version) !== null ? clause.version : undefined;
}

/** A version that cannot be compared may be anything. */
function isAtLeast(version: string, lowest: string): boolean {
  return valid(version) === null || compare(version, lowest) >= 0;
}
