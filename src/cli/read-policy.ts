import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CONFIG_PATH, FOLDER_CONFIG_NAME, foldersAbove } from "../config/config-files.ts";
import { DEFAULT_POLICY } from "../config/defaults.ts";
import type { Policy } from "../config/policy.ts";
import { type CliContext, UsageError } from "./context.ts";

/** What tells which configuration holds. */
export interface ConfigOptions {
  /** In place of the repository's file; `false` for none at all. */
  readonly config?: string | false;
}

interface Places {
  /** Absolute. */
  readonly root: string;
  /** In the repository: folders above them may have a configuration of their own. */
  readonly paths: readonly string[];
}

/** The configuration of a repository as it lies on disk. What is wrong with it is wrong use: nobody reads a check here. */
export async function readPolicy(
  { root, paths }: Places,
  options: ConfigOptions,
  context: CliContext,
): Promise<Policy> {
  if (options.config === false) return DEFAULT_POLICY;
  const named = options.config === undefined ? undefined : resolve(context.cwd, options.config);
  const repository = await readText(named ?? join(root, CONFIG_PATH));
  if (named !== undefined && repository === undefined)
    throw new UsageError(`there is no configuration ${options.config}`);
  const found = await Promise.all(
    foldersAbove(paths).map(
      async (folder) => [folder, await readText(join(root, folder, FOLDER_CONFIG_NAME))] as const,
    ),
  );
  const folders = found.flatMap(([folder, text]) => (text === undefined ? [] : [[folder, text] as const]));
  if (repository === undefined && folders.length === 0) return DEFAULT_POLICY;
  return assemble({ repository, folders: Object.fromEntries(folders) }, context);
}

/** Loaded where there is something to read: most runs have no configuration. */
async function assemble(
  texts: { readonly repository: string | undefined; readonly folders: Readonly<Record<string, string>> },
  context: CliContext,
): Promise<Policy> {
  const [{ assemblePolicy }, rules] = await Promise.all([import("../config/assemble.ts"), context.loadRules()]);
  const { policy, problems } = assemblePolicy(texts, { name: "", topics: [] }, new Set(rules.map(({ id }) => id)));
  if (problems.length > 0) {
    const lines = problems.map(({ path, line, message }) => `\n  ${path}:${line}: ${message}`);
    throw new UsageError(`the configuration is not right:${lines.join("")}`);
  }
  return policy;
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return undefined;
  }
}
