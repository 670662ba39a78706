import { readDataManifest } from "./data-manifest.ts";
import type { ManifestFacts } from "./manifest.ts";
import { readPdmLock } from "./pdm-lock.ts";
import { readPipfileLock } from "./pipfile-lock.ts";
import { readPoetryLock } from "./poetry-lock.ts";
import { readPylock } from "./pylock.ts";
import type { Section } from "./section.ts";
import { readToml } from "./toml-tree.ts";
import { readUvLock } from "./uv-lock.ts";
import { readYaml } from "./yaml-tree.ts";

/** A lock file, of the tool that its name says. */
export function readLock(path: string, text: string): ManifestFacts {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const data = name === "pipfile.lock" ? readYaml(text) : readToml(text);
  return readDataManifest({ path, text, format: "lock" }, data, READERS.get(name) ?? readPylock);
}

const READERS: ReadonlyMap<string, (section: Section) => void> = new Map([
  ["poetry.lock", readPoetryLock],
  ["uv.lock", readUvLock],
  ["pdm.lock", readPdmLock],
  ["pipfile.lock", readPipfileLock],
]);
