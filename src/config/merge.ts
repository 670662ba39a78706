import type { FolderConfig, OrganizationConfig, RepositoryConfig } from "./config-schema.ts";
import { DEFAULT_POLICY } from "./defaults.ts";
import { nameMatches } from "./patterns.ts";
import type { FilePolicy, Policy, SecondPeople } from "./policy.ts";

/** The configuration files that speak of a repository, as far as they are there. */
export interface ConfigLayers {
  readonly organization?: OrganizationConfig;
  readonly repository?: RepositoryConfig;
  /** By folder of a monorepo, no slash at the end. */
  readonly folders?: Readonly<Record<string, FolderConfig>>;
}

/** What the organization's file tells repositories apart by. */
export interface RepositoryTraits {
  readonly name: string;
  readonly topics: readonly string[];
}

/**
 * One policy out of all files: what is built in, the organization's defaults, the repository's own file, the folder's, and last
 * what the organization enforces. `rules` are put together by rule, `modes` and `ignore` add up, everything else
 * is what the last layer says.
 */
export function mergePolicy(layers: ConfigLayers, traits: RepositoryTraits): Policy {
  const { organization = {}, repository = {}, folders = {} } = layers;
  const scopes = [organization, ...(organization.repositories ?? []).filter((entry) => isAbout(entry, traits))];
  const defaults = scopes.flatMap((scope) => scope.defaults ?? []);
  const enforced = scopes.flatMap((scope) => scope.enforced ?? []);
  const files = [...defaults, repository].reduce((below, layer) => addFiles(below, layer, ""), DEFAULT_POLICY.files);
  const enforce = (policy: FilePolicy) => enforced.reduce(enforceFiles, policy);
  const whole = [...defaults, repository, ...enforced].reduce(addReview, DEFAULT_POLICY);
  return { ...whole, files: enforce(files), folders: mergeFolders(files, folders, enforce) };
}

function isAbout(
  entry: { readonly names?: readonly string[] | undefined; readonly topics?: readonly string[] | undefined },
  traits: RepositoryTraits,
): boolean {
  const byName = entry.names?.some((pattern) => nameMatches(pattern, traits.name)) ?? false;
  return byName || (entry.topics?.some((topic) => traits.topics.includes(topic)) ?? false);
}

function mergeFolders(
  root: FilePolicy,
  folders: Readonly<Record<string, FolderConfig>>,
  enforce: (policy: FilePolicy) => FilePolicy,
): Readonly<Record<string, FilePolicy>> {
  const merged = new Map<string, FilePolicy>();
  // An outer folder sorts before those inside it.
  for (const folder of Object.keys(folders).sort()) {
    merged.set(folder, addFiles(nearest(merged, folder) ?? root, folders[folder] ?? {}, folder));
  }
  return Object.fromEntries([...merged].map(([folder, policy]) => [folder, enforce(policy)]));
}

function nearest(merged: ReadonlyMap<string, FilePolicy>, folder: string): FilePolicy | undefined {
  return [...merged].findLast(([outer]) => folder.startsWith(`${outer}/`))?.[1];
}

function addFiles(below: FilePolicy, layer: FolderConfig, folder: string): FilePolicy {
  return {
    profile: layer.profile ?? below.profile,
    failOn: layer["fail-on"] ?? below.failOn,
    rules: { ...below.rules, ...layer.rules },
    ignore: layer.ignore === undefined ? below.ignore : [...below.ignore, { folder, patterns: layer.ignore }],
    mode: layer.mode ?? below.mode,
    modes: [...below.modes, ...(layer.modes ?? [])],
  };
}

/** What is enforced takes the place of what repositories list, rather than adding to it. */
function enforceFiles(below: FilePolicy, layer: FolderConfig): FilePolicy {
  return addFiles(
    {
      ...below,
      ignore: layer.ignore === undefined ? below.ignore : [],
      modes: layer.mode === undefined ? below.modes : [],
    },
    layer,
    "",
  );
}

function addReview(below: Policy, layer: RepositoryConfig): Policy {
  return {
    ...below,
    inlineFrom: layer.comments?.from ?? below.inlineFrom,
    maxComments: layer.comments?.["at-most"] ?? below.maxComments,
    groupFrom: layer.comments?.["group-from"] ?? below.groupFrom,
    onIncomplete: layer["on-incomplete"] ?? below.onIncomplete,
    drafts: layer.drafts ?? below.drafts,
    bots: layer.bots ?? below.bots,
    secondPersonFrom: layer["second-person"] ?? below.secondPersonFrom,
    secondPeople: secondPeopleOf(layer) ?? below.secondPeople,
    skipAuthors: layer["skip-authors"] ?? below.skipAuthors,
    skipLabels: layer["skip-labels"] ?? below.skipLabels,
  };
}

/** Where nobody is named, nobody is meant: then it is as without the setting. */
function secondPeopleOf({ "second-people": named }: RepositoryConfig): SecondPeople | undefined {
  const { people = [], teams = [] } = named ?? {};
  return people.length + teams.length === 0 ? undefined : { people, teams };
}
