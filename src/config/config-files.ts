import { isOwnRuleFile } from "./own-files.ts";

/** Of a repository, and of the organization's `.github` repository. */
export const CONFIG_PATH = ".github/safepath.yml";
/** The repository that holds what is meant for all repositories of an organization. */
export const ORGANIZATION_REPOSITORY = ".github";
/** In a folder of a monorepo. */
export const FOLDER_CONFIG_NAME = ".safepath.yml";

/** Folders whose own configuration is looked for in one review; changes that touch more use the nearest one found. */
const MAX_FOLDERS = 60;

/** The folders above the files, outermost first: where their configuration may lie. */
export function foldersAbove(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) folders.add(path.slice(0, end));
  }
  const depth = (folder: string) => folder.split("/").length;
  return [...folders].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1)).slice(0, MAX_FOLDERS);
}

/** Whether a changed file configures reviews. */
export function isConfigFile(path: string): boolean {
  return path === CONFIG_PATH || path.endsWith(`/${FOLDER_CONFIG_NAME}`) || isOwnRuleFile(path);
}
