import { STANDARD_LIBRARY } from "./standard-library.ts";

/** Folders above a file that an absolute import is looked up in: no project nests its import roots deeper. */
const MAX_ROOTS = 8;

/**
 * The paths at which the module of an import may lie, the likeliest first. `level` counts the dots of a relative import.
 * An absolute import starts above a folder of its first name that holds the file; where none does, at the folders above the
 * file that are no packages themselves, nearest first, and their `src`. Empty for the standard library and for what leaves the repository.
 */
export function modulePaths(
  importer: string,
  level: number,
  module: string,
  isPackage: (folder: string) => boolean,
): readonly string[] {
  const folder = parentOf(importer);
  const parts = module === "" ? [] : module.split(".");
  if (level > 0) {
    const base = ancestor(folder, level - 1);
    return base === undefined ? [] : filesOf(base, parts);
  }
  const [top] = parts;
  if (top === undefined || STANDARD_LIBRARY.has(top)) return [];
  const above = foldersAbove(folder, top);
  const roots = above.length > 0 ? above : startingFolders(folder, isPackage);
  return [...new Set(roots)].flatMap((root) => filesOf(root, parts));
}

/** A package comes before a module of the same name, as in Python. */
function filesOf(folder: string, parts: readonly string[]): string[] {
  const path = join(folder, parts.join("/"));
  const init = join(path, "__init__.py");
  return parts.length === 0 ? [init] : [init, `${path}.py`];
}

/** The folders that hold a folder of this name which holds the file: `shop` of `api/shop/views/cart.py` is in `api`. */
function foldersAbove(folder: string, name: string): string[] {
  const found: string[] = [];
  for (let at: string | undefined = folder; at !== undefined && at !== ""; at = ancestor(at, 1)) {
    if (at === name || at.endsWith(`/${name}`)) found.push(parentOf(at));
  }
  return found;
}

function startingFolders(folder: string, isPackage: (folder: string) => boolean): string[] {
  const found: string[] = [];
  for (let at: string | undefined = folder; at !== undefined && found.length < 2 * MAX_ROOTS; at = ancestor(at, 1)) {
    if (!isPackage(at)) found.push(at, join(at, "src"));
  }
  return found;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

/** The folder so many levels up; undefined above the root. */
function ancestor(folder: string, levels: number): string | undefined {
  let at = folder;
  for (let level = 0; level < levels; level++) {
    if (at === "") return undefined;
    at = parentOf(at);
  }
  return at;
}

function join(folder: string, path: string): string {
  if (path === "") return folder;
  return folder === "" ? path : `${folder}/${path}`;
}
