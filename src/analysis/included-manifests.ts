import type { Include, Included, IndexEntry, ManifestFacts } from "../manifests/manifest.ts";
import { readPyproject } from "../manifests/pyproject.ts";
import { readRequirements } from "../manifests/requirements.ts";
import type { ModuleTexts } from "./module-texts.ts";

/** Files that one leads to; further ones are not followed, and what they say is unknown. */
const MOST_FILES = 20;

/**
 * The facts of a file together with what the files say that its `-r` and `-c` lead to, each once, or the project of a `pdm.lock`. What lies outside of the repository, is
 * fetched from an address, or is not known, leaves it open where packages come from.
 */
export function withIncluded(
  facts: ManifestFacts,
  texts: ModuleTexts | undefined,
  onRead: (path: string) => void,
): ManifestFacts {
  if (isPdmLock(facts.path)) return { ...facts, included: projectOf(facts.path, texts, onRead) };
  const includes = includesOf(facts);
  if (includes.length === 0) return facts;
  const indexes: IndexEntry[] = [];
  const seen = new Set([facts.path]);
  const waiting = includes.map((include) => ({ include, from: facts.path }));
  let isWhole = true;
  let hasConstraints = includes.some(({ role }) => role === "constraints");
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const path = pathOf(next.include, next.from);
    if (path !== undefined && seen.has(path)) continue;
    const isFollowed = path !== undefined && seen.size <= MOST_FILES;
    const text = isFollowed ? texts?.read(path, true) : undefined;
    if (!isFollowed || text === undefined) {
      isWhole &&= isFollowed && texts?.knows(path) === true;
      continue;
    }
    seen.add(path);
    onRead(path);
    const format = next.include.role === "constraints" ? "constraints" : "requirements";
    const included = readRequirements(path, text, format);
    indexes.push(...included.entries.filter((entry) => entry.kind === "index"));
    const further = includesOf(included);
    hasConstraints ||= further.some(({ role }) => role === "constraints");
    waiting.push(...further.map((include) => ({ include, from: path })));
  }
  const found: Included = { indexes, hasConstraints, isWhole };
  return { ...facts, included: found };
}

function isPdmLock(path: string): boolean {
  return /(?:^|\/)pdm\.lock$/.test(path);
}

/** The indexes of the project that a lock belongs to, for one that does not say of each package where it is from. */
function projectOf(path: string, texts: ModuleTexts | undefined, onRead: (path: string) => void): Included {
  const project = path.replace(/pdm\.lock$/, "pyproject.toml");
  const text = texts?.read(project, true);
  if (text === undefined) return { indexes: [], hasConstraints: false, isWhole: texts?.knows(project) === true };
  onRead(project);
  const { entries, problems } = readPyproject(project, text);
  const indexes = entries.filter((entry) => entry.kind === "index");
  return { indexes, hasConstraints: false, isWhole: problems.length === 0 };
}

function includesOf({ entries }: ManifestFacts): readonly Include[] {
  return entries.filter((entry) => entry.kind === "include");
}

/** From the folder of the file that names it, as pip reads it; undefined for an address and for what lies outside. */
function pathOf({ path }: Include, from: string): string | undefined {
  if (/^(?:[a-z][a-z+.-]*:|[/\\~$])/iu.test(path)) return undefined;
  const names = from.split("/").slice(0, -1);
  for (const name of path.replaceAll("\\", "/").split("/")) {
    if (name === "..") {
      if (names.pop() === undefined) return undefined;
    } else if (name !== "." && name !== "") names.push(name);
  }
  return names.join("/");
}
