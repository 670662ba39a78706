import { assemblePolicy, type Configuration, differingSettings } from "../config/assemble.ts";
import { CONFIG_PATH, FOLDER_CONFIG_NAME, foldersAbove, isConfigFile } from "../config/config-files.ts";
import type { ConfigPreview } from "../review/review-plan.ts";
import type { PullRequest } from "./ports.ts";
import type { ReadTogether } from "./read-together.ts";

/** What the repository's own files are put together with. */
export interface ConfigurationSources {
  /** The organization's file, if there is one. */
  readonly organization: string | undefined;
  readonly ruleNames: ReadonlySet<string>;
}

/** The configuration in force: that of the base, for a change must not decide on its own review. */
export async function readConfiguration(
  read: ReadTogether,
  pr: PullRequest,
  paths: readonly string[],
  sources: ConfigurationSources,
): Promise<Configuration> {
  return readAt(pr.baseSha, read, pr, paths, sources);
}

/** What a change that edits configuration files would make of them. */
export async function previewConfiguration(
  read: ReadTogether,
  pr: PullRequest,
  paths: readonly string[],
  sources: ConfigurationSources,
  { policy }: Configuration,
): Promise<ConfigPreview | undefined> {
  if (!paths.some(isConfigFile)) return undefined;
  const after = await readAt(pr.headSha, read, pr, paths, sources);
  return { problems: after.problems, settings: differingSettings(policy, after.policy) };
}

async function readAt(
  revision: string,
  read: ReadTogether,
  { ref, topics }: PullRequest,
  paths: readonly string[],
  { organization, ruleNames }: ConfigurationSources,
): Promise<Configuration> {
  const folders = foldersAbove(paths);
  const files = [CONFIG_PATH, ...folders.map((folder) => `${folder}/${FOLDER_CONFIG_NAME}`)];
  const [repository, ...own] = await read(files.map((path) => ({ path, revision })));
  const texts = folders.flatMap((folder, index) => {
    const text = own[index];
    return text?.kind === "text" ? [[folder, text.text] as const] : [];
  });
  return assemblePolicy(
    {
      organization,
      repository: repository?.kind === "text" ? repository.text : undefined,
      folders: Object.fromEntries(texts),
    },
    { name: ref.repo, topics },
    ruleNames,
  );
}
