import type { Dirent } from "node:fs";
import { open, readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { FIRST_LINE, hasPythonFirstLine, sourceKind } from "../analysis/source-kind.ts";
import { UsageError } from "./context.ts";
import { type IgnoreRules, ignoreRulesAbove, ignoreRulesIn, isIgnored } from "./ignore-rules.ts";

/**
 * The absolute paths of the files to analyse, each once, in the order of their names. A file that was named is always
 * one of them; in folders, links are not followed and what git ignores is left out. A folder that cannot be read is one of them, too,
 * for somebody has to hear of it. Throws `UsageError` on a missing path.
 */
export async function findFiles(paths: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const named = await stat(absolute).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${path}: ${error.code === "ENOENT" ? "no such file or folder" : error.message}`);
    });
    if (!named.isDirectory() && !named.isFile()) throw new UsageError(`${path}: neither a file nor a folder`);
    const files = named.isDirectory() ? await filesBelow(absolute) : [absolute];
    for (const file of files) {
      // A name that is no UTF-8 leads nowhere.
      const real = await realpath(file).catch(() => file);
      if (!found.has(real)) found.set(real, file);
    }
  }
  return [...found.values()];
}

async function filesBelow(root: string): Promise<readonly string[]> {
  const above = await ignoreRulesAbove(root);
  // A folder that was named is looked at even when it is ignored itself.
  const rules = isIgnored(above, root, true) ? [] : above;
  const files: string[] = [];
  await walk(root, rules, files);
  return files;
}

async function walk(folder: string, outer: readonly IgnoreRules[], files: string[]): Promise<void> {
  const rules = await ignoreRulesIn(folder, outer);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) {
    files.push(folder);
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const skipped = skippedFolders.has(entry.name) || isIgnored(rules, path, true) || (await isEnvironment(path));
      if (!skipped) await walk(path, rules, files);
    } else if (entry.isFile() && (await isSource(entry, path)) && !isIgnored(rules, path, false)) {
      files.push(path);
    }
  }
}

/** What tools put there, never people. */
const skippedFolders: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  ".nox",
  ".tox",
  "__pycache__",
  "node_modules",
  "site-packages",
]);

/** Virtual environments hold other people's packages. */
async function isEnvironment(folder: string): Promise<boolean> {
  return stat(join(folder, "pyvenv.cfg")).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function isSource(entry: Dirent, path: string): Promise<boolean> {
  const kind = sourceKind(join(dirname(path), entry.name));
  if (kind !== "script") return kind !== undefined;
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_LINE), 0, FIRST_LINE, 0);
    return hasPythonFirstLine(buffer.toString("latin1", 0, bytesRead));
  } finally {
    await file.close();
  }
}
