import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isOwnFileName, LARGEST_OWN_FILE, OWN_FOLDERS, type OwnFile, type OwnKind } from "../config/own-files.ts";

/** The rules and models of a repository's own, as they lie on disk. */
export async function readOwnFiles(root: string): Promise<readonly OwnFile[]> {
  const found = await Promise.all((["rules", "models"] as const).map((kind) => readFolder(root, kind)));
  return found.flat();
}

async function readFolder(root: string, kind: OwnKind): Promise<readonly OwnFile[]> {
  const folder = join(root, OWN_FOLDERS[kind]);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && isOwnFileName(entry.name)).map(({ name }) => name);
  return Promise.all(names.sort().map(async (name) => ({ kind, name, text: await readText(join(folder, name)) })));
}

/** A character has at most four bytes. */
const MOST_BYTES = LARGEST_OWN_FILE * 4;

async function readText(file: string): Promise<string | undefined> {
  try {
    return (await stat(file)).size > MOST_BYTES ? undefined : await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}
