import { z } from "zod";
import { dataAt, dataText } from "./data-tree.ts";
import type { Requirement } from "./manifest.ts";
import { readManifest } from "./read-manifest.ts";
import { normalizeName } from "./requirement.ts";
import { readPoetrySpecifiers, readSpecifiers } from "./specifiers.ts";
import { readToml } from "./toml-tree.ts";
import { isBelow, pinned, rangeOf, type VersionRange } from "./version-range.ts";

/** Versions by package, names normalized by PEP 503; `python` is the interpreter. */
export type Versions = ReadonlyMap<string, VersionRange>;

/** Files that say which versions a project runs with, by their place in a folder; the more exact first. */
export const VERSION_FILES: readonly string[] = [
  "uv.lock",
  "poetry.lock",
  "pdm.lock",
  "Pipfile.lock",
  ".python-version",
  "requirements.txt",
  "requirements/base.txt",
  "constraints.txt",
  "pyproject.toml",
];

/** Whether a file at the path is asked for versions. */
export function isVersionFile(path: string): boolean {
  return VERSION_FILES.some((name) => path === name || path.endsWith(`/${name}`));
}

/** What the file says; a part that cannot be read says nothing. */
export function readVersions(path: string, text: string): Versions {
  const name = path.slice(path.lastIndexOf("/") + 1);
  switch (name) {
    case "uv.lock":
    case "poetry.lock":
    case "pdm.lock":
      return lockedIn(text);
    case "Pipfile.lock":
      return lockedByPipenv(text);
    case ".python-version":
      return pythonIn(text);
    case "pyproject.toml":
      return new Map([...requiredIn(path, text), ...interpreterOf(text)]);
    default:
      return requiredIn(path, text);
  }
}

/** Tools write the name and version of a package first; a tree of a file of megabytes is not needed for them. */
const LOCKED = /^\[\[package\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"/gm;

/** A package that is locked in several versions, for several platforms, runs with the lowest. */
function lockedIn(text: string): Versions {
  return byName([...text.matchAll(LOCKED)].map(([, name = "", version = ""]) => [name, pinned(version)]));
}

const pipenvLock = z.object({
  _meta: z.object({ requires: z.object({ python_version: z.string().optional() }).optional() }).optional(),
  default: z.record(z.string(), z.object({ version: z.string().optional() })).default({}),
});

function lockedByPipenv(text: string): Versions {
  const read = pipenvLock.safeParse(parseJson(text));
  if (!read.success) return new Map();
  const python = read.data._meta?.requires?.python_version;
  const packages = Object.entries(read.data.default).map(([name, { version }]) => [name, specified(version)] as const);
  return byName([...packages, ["python", python === undefined ? undefined : pinned(python)]]);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `3.12`, `3.12.4`; pyenv permits several, of which the first is used. */
function pythonIn(text: string): Versions {
  return byName([["python", pinned(text.trim().split(/\s/)[0] ?? "")]]);
}

function requiredIn(path: string, text: string): Versions {
  const entries = readManifest(path, text)?.entries ?? [];
  return byName(entries.filter((entry) => entry.kind === "requirement").map(named));
}

/** What a build asks for is not what the program runs with. */
function named({ name = "", specifiers, group }: Requirement): readonly [string, VersionRange | undefined] {
  return [name, group.kind === "build" ? undefined : rangeOf(specifiers)];
}

/** `requires-python` of the project, or the `python` of Poetry's dependencies. */
function interpreterOf(text: string): Versions {
  const toml = readToml(text);
  if (toml.kind === "broken") return new Map();
  const standard = specified(dataText(dataAt(toml.root, "project", "requires-python")));
  const poetry = dataText(dataAt(toml.root, "tool", "poetry", "dependencies", "python"));
  return byName([["python", standard ?? rangeOf((poetry && readPoetrySpecifiers(poetry)) || [])]]);
}

function specified(range: string | undefined): VersionRange | undefined {
  return range === undefined ? undefined : rangeOf(readSpecifiers(range) ?? []);
}

function byName(entries: readonly (readonly [string, VersionRange | undefined])[]): Versions {
  const versions = new Map<string, VersionRange>();
  for (const [name, range] of entries) {
    const key = normalizeName(name);
    const known = versions.get(key);
    const isLower = known?.lowest === undefined || (range !== undefined && isBelow(range, known.lowest) === true);
    if (range !== undefined && isLower) versions.set(key, range);
  }
  return versions;
}
