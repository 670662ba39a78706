import ignore from "ignore";
import type { ModuleTexts } from "./module-texts.ts";
import { foldersAbove } from "./versions-in-use.ts";

/** Whether Git keeps a file of this name out of the repository, in the folder of `path` or one above; undefined where nothing tells. */
export type KeptOut = (path: string, name: string) => boolean | undefined;

/**
 * Asks the `.gitignore` of each folder from the file's own up to the root. Where there is none at all, what is kept out may be said
 * elsewhere, and nothing tells.
 */
export function keptOut(texts: ModuleTexts | undefined, onRead: (path: string) => void): KeptOut {
  if (texts === undefined) return () => undefined;
  const rules = (folder: string) => {
    const path = `${folder}.gitignore`;
    const text = texts.read(path, true);
    if (text !== undefined) onRead(path);
    return text;
  };
  return (path, name) => {
    const folders = foldersAbove(path.slice(0, path.lastIndexOf("/") + 1));
    const found = folders.flatMap((folder) => {
      const text = rules(folder);
      return text === undefined ? [] : [{ folder, rules: ignore().add(text) }];
    });
    return found.length === 0 ? undefined : folders.some((folder) => isKeptOut(`${folder}${name}`, found));
  };
}

/** The nearest file that says something of it decides, as with Git. */
function isKeptOut(
  path: string,
  found: readonly { readonly folder: string; readonly rules: ReturnType<typeof ignore> }[],
): boolean {
  for (const { folder, rules } of found) {
    if (!path.startsWith(folder)) continue;
    const { ignored, unignored } = rules.test(path.slice(folder.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
