import type { Versions } from "../manifests/version-files.ts";
import { readVersions, VERSION_FILES } from "../manifests/version-files.ts";
import type { VersionRange } from "../manifests/version-range.ts";
import type { ModuleTexts } from "./module-texts.ts";

/** What the project around a file says of the version of a package; undefined where nothing tells. */
export type VersionsInUse = (path: string, name: string) => VersionRange | undefined;

/** Folders above a file that are looked at. */
const MOST_FOLDERS = 8;

/**
 * Asks the files of the folders above, when a rule wants to know for the first time: the nearest that fixes the version, else
 * the nearest that bounds it.
 */
export function versionsInUse(texts: ModuleTexts | undefined, onRead: (path: string) => void): VersionsInUse {
  const files = new Map<string, readonly Versions[]>();
  if (texts === undefined) return () => undefined;
  return (path, name) => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const known = files.get(folder) ?? readAround(folder, texts, onRead);
    files.set(folder, known);
    const ranges = known.flatMap((versions) => versions.get(name) ?? []);
    return ranges.find(({ isPinned }) => isPinned) ?? ranges[0];
  };
}

function readAround(folder: string, texts: ModuleTexts, onRead: (path: string) => void): readonly Versions[] {
  const found: Versions[] = [];
  for (const above of foldersAbove(folder)) {
    for (const name of VERSION_FILES) {
      const path = above + name;
      const text = texts.read(path, true);
      if (text === undefined) continue;
      onRead(path);
      found.push(readVersions(path, text));
    }
  }
  return found;
}

/** The folder itself, and those above it: `a/b/`, `a/`, the root. */
export function foldersAbove(folder: string): readonly string[] {
  const names = folder.split("/").slice(0, -1);
  const folders = names.map((_, index) => `${names.slice(0, index + 1).join("/")}/`);
  return ["", ...folders].toReversed().slice(0, MOST_FOLDERS);
}
