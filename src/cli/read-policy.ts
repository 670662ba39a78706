import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ConfigTexts } from "../config/assemble.ts";
import { CONFIG_PATH, FOLDER_CONFIG_NAME, foldersAbove } from "../config/config-files.ts";
import { DEFAULT_POLICY } from "../config/defaults.ts";
import type { OwnFile } from "../config/own-files.ts";
import type { ConfigProblem } from "../config/parse.ts";
import type { Policy } from "../config/policy.ts";
import type { OwnRules } from "../rules/own-rules.ts";
import { type CliContext, UsageError, withOwn } from "./context.ts";
import { readOwnFiles } from "./own-files.ts";

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

/** What holds in a repository, and the world with the rules that it has of its own. */
export interface InForce {
  readonly policy: Policy;
  readonly context: CliContext;
}

/** The configuration of a repository as it lies on disk. What is wrong with it is wrong use: nobody reads a check here. */
export async function readPolicy(places: Places, options: ConfigOptions, context: CliContext): Promise<InForce> {
  if (options.config === false) return { policy: DEFAULT_POLICY, context };
  const files = await readOwnFiles(places.root);
  const inForce = files.length === 0 ? context : withOwn(context, await readOwn(files, context));
  return { policy: await readFiles(places, options, inForce), context: inForce };
}

/** Whoever runs the command line decides on the checkout: its models may say all. */
async function readOwn(files: readonly OwnFile[], context: CliContext): Promise<OwnRules | undefined> {
  const [{ createOwnRuleReader }, { DETECTORS }, ruleSet] = await Promise.all([
    import("../config/read-own-rules.ts"),
    import("../detectors/registry.ts"),
    context.loadRuleSet(),
  ]);
  const isOfOrganization = ({ name }: OwnFile) => name.startsWith("org-");
  const { own, problems } = createOwnRuleReader({ ruleSet, detectors: DETECTORS })([
    { owner: "org", files: files.filter(isOfOrganization), mayClear: true },
    { owner: "repo", files: files.filter((file) => !isOfOrganization(file)), mayClear: true },
  ]);
  refuse(problems);
  return own;
}

async function readFiles({ root, paths }: Places, options: ConfigOptions, context: CliContext): Promise<Policy> {
  const named = typeof options.config === "string" ? resolve(context.cwd, options.config) : undefined;
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
  const repositoryPath = typeof options.config === "string" ? options.config : undefined;
  return assemble({ repository, repositoryPath, folders: Object.fromEntries(folders) }, context);
}

/** Loaded where there is something to read: most runs have no configuration. */
async function assemble(texts: ConfigTexts, context: CliContext): Promise<Policy> {
  const [{ assemblePolicy }, rules] = await Promise.all([import("../config/assemble.ts"), context.loadRules()]);
  const { policy, problems } = assemblePolicy(texts, { name: "", topics: [] }, new Set(rules.map(({ id }) => id)));
  refuse(problems);
  return policy;
}

function refuse(problems: readonly ConfigProblem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ path, line, message }) => `\n  ${path}:${line}: ${message}`);
  throw new UsageError(`the configuration is not right:${lines.join("")}`);
}

/** What is there and cannot be read is no reason to go by the defaults. */
async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (IS_ABSENT.has(code)) return undefined;
    throw new UsageError(`the configuration ${file} cannot be read: ${REASONS[code] ?? code}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  ELOOP: "it is a link that leads to itself",
  EACCES: "this user may not read it",
};

const IS_ABSENT: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG"]);
