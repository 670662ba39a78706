import { access, readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** What one `.gitignore` says about everything below its folder. */
export interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The rules of the folders from the repository's root down to the one above `folder`; none outside of a repository. */
export async function ignoreRulesAbove(folder: string): Promise<readonly IgnoreRules[]> {
  const root = await repositoryRoot(folder);
  if (root === undefined) return [];
  let rules = await readRules(root, join(root, ".git", "info", "exclude"), []);
  for (const above of foldersBetween(root, folder)) rules = await ignoreRulesIn(above, rules);
  return rules;
}

/** The rules that hold in `folder`: the outer ones and its own. */
export async function ignoreRulesIn(folder: string, outer: readonly IgnoreRules[]): Promise<readonly IgnoreRules[]> {
  return readRules(folder, join(folder, ".gitignore"), outer);
}

/** The innermost file that speaks of a path decides, as in git. */
export function isIgnored(all: readonly IgnoreRules[], path: string, isFolder: boolean): boolean {
  for (const { folder, rules } of all.toReversed()) {
    const below = relative(folder, path).split(sep).join("/");
    if (below === "" || below.startsWith("../")) continue;
    const { ignored, unignored } = rules.test(isFolder ? `${below}/` : below);
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** The folder at or above `folder` that holds `.git`. */
export async function repositoryRoot(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    if (await exists(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** `root`, then every folder down to the parent of `folder`. */
function foldersBetween(root: string, folder: string): readonly string[] {
  const folders: string[] = [];
  for (let at = folder; at !== root; ) {
    at = dirname(at);
    folders.unshift(at);
  }
  return folders;
}

async function readRules(folder: string, file: string, outer: readonly IgnoreRules[]): Promise<readonly IgnoreRules[]> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? outer : [...outer, { folder, rules: ignore().add(text) }];
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
