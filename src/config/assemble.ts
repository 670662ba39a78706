import { isDeepStrictEqual } from "node:util";
import { CONFIG_PATH, FOLDER_CONFIG_NAME } from "./config-files.ts";
import { type FolderConfig, folderSchema, organizationSchema, repositorySchema } from "./config-schema.ts";
import { mergePolicy, type RepositoryTraits } from "./merge.ts";
import { type ConfigProblem, parseConfig } from "./parse.ts";
import type { Policy } from "./policy.ts";

/** The texts of the configuration files that were found. */
export interface ConfigTexts {
  readonly organization?: string | undefined;
  readonly repository?: string | undefined;
  /** By which path problems of the repository's file name it, where it is not at its own place. */
  readonly repositoryPath?: string | undefined;
  /** By folder, no slash at the end. */
  readonly folders: Readonly<Record<string, string>>;
}

export interface Configuration {
  readonly policy: Policy;
  readonly problems: readonly ConfigProblem[];
}

/** The policy that a repository's configuration files make, and what is wrong with them. */
export function assemblePolicy(
  texts: ConfigTexts,
  traits: RepositoryTraits,
  ruleNames: ReadonlySet<string>,
): Configuration {
  const organization = parseConfig(`.github:${CONFIG_PATH}`, texts.organization ?? "", organizationSchema, ruleNames);
  const at = texts.repositoryPath ?? CONFIG_PATH;
  const repository = parseConfig(at, texts.repository ?? "", repositorySchema, ruleNames);
  const problems = [...organization.problems, ...repository.problems];
  const folders = new Map<string, FolderConfig>();
  for (const [folder, text] of Object.entries(texts.folders)) {
    const parsed = parseConfig(`${folder}/${FOLDER_CONFIG_NAME}`, text, folderSchema, ruleNames);
    folders.set(folder, parsed.config);
    problems.push(...parsed.problems);
  }
  const layers = {
    organization: organization.config,
    repository: repository.config,
    folders: Object.fromEntries(folders),
  };
  return { policy: mergePolicy(layers, traits), problems };
}

/** Whether models of repositories may say what makes data harmless: only the organization's file can allow it. */
export function mayClear(organization: string | undefined): boolean {
  const { config } = parseConfig(CONFIG_PATH, organization ?? "", organizationSchema, new Set());
  return config["repository-models"] === "all";
}

/** The settings that differ between two policies, by their names in the code's order: what a change of the configuration would do. */
export function differingSettings(before: Policy, after: Policy): readonly string[] {
  const named = (policy: Policy): Readonly<Record<string, unknown>> => ({
    profile: policy.files.profile,
    "fail-on": policy.files.failOn,
    rules: policy.files.rules,
    ignore: policy.files.ignore,
    mode: policy.files.mode,
    modes: policy.files.modes,
    comments: [policy.inlineFrom, policy.maxComments, policy.groupFrom],
    "on-incomplete": policy.onIncomplete,
    drafts: policy.drafts,
    bots: policy.bots,
    "second-person": policy.secondPersonFrom,
    "second-people": policy.secondPeople,
    "skip-authors": policy.skipAuthors,
    "skip-labels": policy.skipLabels,
    folders: policy.folders,
  });
  const [old, fresh] = [named(before), named(after)];
  return Object.keys(old).filter((name) => !isDeepStrictEqual(old[name], fresh[name]));
}
