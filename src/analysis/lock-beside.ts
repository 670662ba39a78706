import type { ManifestFacts } from "../manifests/manifest.ts";
import { readLock } from "../manifests/read-lock.ts";
import type { ModuleTexts } from "./module-texts.ts";

/** Locks that tools write beside what they read, by the format of that. */
const LOCKS: ReadonlyMap<ManifestFacts["format"], readonly string[]> = new Map([
  ["pyproject", ["uv.lock", "poetry.lock", "pdm.lock"]],
  ["pipfile", ["Pipfile.lock"]],
]);

/** The facts of a project together with what the lock in its folder says. Where there are several, nobody knows which one is used. */
export function withLock(
  facts: ManifestFacts,
  texts: ModuleTexts | undefined,
  onRead: (path: string) => void,
): ManifestFacts {
  const folder = facts.path.slice(0, facts.path.lastIndexOf("/") + 1);
  const found = (LOCKS.get(facts.format) ?? []).flatMap((name) => {
    const path = `${folder}${name}`;
    const text = texts?.read(path, true);
    return text === undefined ? [] : [{ path, text }];
  });
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return facts;
  onRead(only.path);
  return { ...facts, lock: readLock(only.path, only.text) };
}
