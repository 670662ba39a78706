import { assemblePolicy, type Configuration, differingSettings, mayClear } from "../config/assemble.ts";
import {
  CONFIG_PATH,
  FOLDER_CONFIG_NAME,
  foldersAbove,
  isConfigFile,
  ORGANIZATION_REPOSITORY,
} from "../config/config-files.ts";
import { OWN_FOLDERS } from "../config/own-files.ts";
import type { ConfigProblem } from "../config/parse.ts";
import type { OwnRuleReader } from "../config/read-own-rules.ts";
import { UNREADABLE } from "../report/notice-text.ts";
import type { ConfigPreview } from "../review/review-plan.ts";
import type { OwnRules } from "../rules/own-rules.ts";
import type { FileText, OrganizationFiles, PullRequest, RepositoryRef } from "./ports.ts";
import { ownFolders, readOwnFiles } from "./read-own-files.ts";
import type { ReadTogether } from "./read-together.ts";

/** What the repository's own files are put together with. */
export interface ConfigurationSources {
  readonly organization: OrganizationFiles;
  readonly readOwnRules: OwnRuleReader;
  readonly ruleNames: ReadonlySet<string>;
}

/** The policy, and the rules that come with it. */
export interface ConfigurationInForce extends Configuration {
  readonly own?: OwnRules;
}

/** The configuration in force: that of the base, for a change must not decide on its own review. */
export async function readConfiguration(
  read: ReadTogether,
  pr: PullRequest,
  paths: readonly string[],
  sources: ConfigurationSources,
): Promise<ConfigurationInForce> {
  return readConfigurationAt(pr.baseSha, read, pr, paths, sources);
}

/** What a change that edits configuration files would make of them. */
export async function previewConfiguration(
  read: ReadTogether,
  pr: PullRequest,
  paths: readonly string[],
  sources: ConfigurationSources,
  { policy, own }: ConfigurationInForce,
): Promise<ConfigPreview | undefined> {
  if (!paths.some(isConfigFile)) return undefined;
  const after = await readConfigurationAt(pr.headSha, read, pr, paths, sources);
  const rules = own?.key === after.own?.key ? [] : ["own rules and models"];
  return { problems: after.problems, settings: [...differingSettings(policy, after.policy), ...rules] };
}

/** What holds at one commit. */
export async function readConfigurationAt(
  revision: string,
  read: ReadTogether,
  { ref, topics }: { readonly ref: RepositoryRef; readonly topics: readonly string[] },
  paths: readonly string[],
  { organization, readOwnRules, ruleNames }: ConfigurationSources,
): Promise<ConfigurationInForce> {
  const folders = foldersAbove(paths);
  const files = [CONFIG_PATH, ...folders.map((folder) => `${folder}/${FOLDER_CONFIG_NAME}`)];
  const [rules, models, repository, ...policies] = await read([
    ...ownFolders(revision),
    ...files.map((path) => ({ path, revision })),
  ]);
  const texts = folders.flatMap((folder, index) => {
    const text = policies[index];
    return text?.kind === "text" ? [[folder, text.text] as const] : [];
  });
  const text = repository?.kind === "text" ? repository.text : undefined;
  const ownFiles = await readOwnFiles(read, revision, [rules, models]);
  // In the organization's own repository the files are the organization's, as the change finds or leaves them.
  const isOrganization = ref.repo === ORGANIZATION_REPOSITORY;
  const organizationText = isOrganization ? text : organization.text;
  const { own, problems } = readOwnRules(
    isOrganization
      ? [{ owner: "org", files: ownFiles, mayClear: true }]
      : [
          { owner: "org", files: organization.own, mayClear: true },
          { owner: "repo", files: ownFiles, mayClear: mayClear(organization.text) },
        ],
  );
  const configuration = assemblePolicy(
    {
      organization: organizationText,
      repository: isOrganization ? undefined : text,
      folders: Object.fromEntries(texts),
    },
    { name: ref.repo, topics },
    new Set([...ruleNames, ...(own?.rules ?? []).map(({ id }) => id)]),
  );
  const unread = [...files, OWN_FOLDERS.rules, OWN_FOLDERS.models].flatMap((path, index) =>
    notRead(path, [repository, ...policies, rules, models][index]),
  );
  return {
    ...configuration,
    problems: [...unread, ...configuration.problems, ...problems],
    ...(own === undefined ? {} : { own }),
  };
}

function notRead(path: string, text: FileText | undefined): readonly ConfigProblem[] {
  if (text?.kind !== "unreadable") return [];
  return [{ path, line: 1, message: `${UNREADABLE[text.reason]}; this review goes without it` }];
}
