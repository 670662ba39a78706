import type { ManifestEntry } from "./manifest.ts";
import { normalizeName, type RequirementText, readRequirement } from "./requirement.ts";

/**
 * One of setuptools' `dependency_links`: the address of a package (`…#egg=name-1.0`, a checkout), or a page of archives. Undefined
 * for what is no address.
 */
export function readDependencyLink(source: RequirementText): ManifestEntry | undefined {
  const written = source.text.slice(source.start, source.end);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(written)) return undefined;
  if (!/[#&]egg=|^(?:git|hg|svn|bzr)\+/i.test(written)) {
    const span = source.spanOf(source.start, source.end);
    return { kind: "index", role: "find-links", value: written, span, valueSpan: span };
  }
  const read = readRequirement(source, { group: { kind: "main" }, editable: false, hashes: [] });
  if (read?.writtenName === undefined) return read;
  // Its name has a version behind it.
  const writtenName = read.writtenName.replace(/-(?:\d[\w.+]*|dev)$/, "");
  return { ...read, writtenName, name: normalizeName(writtenName) };
}
