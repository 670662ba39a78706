/** Folders in which a repository, and the organization's `.github` repository, keep rules and models of their own. */
export const OWN_FOLDERS = { rules: ".github/safepath/rules", models: ".github/safepath/models" } as const;

export type OwnKind = keyof typeof OWN_FOLDERS;

export interface OwnFile {
  readonly kind: OwnKind;
  /** `acme-client.yml` */
  readonly name: string;
  /** Undefined where it could not be read, or is larger than allowed. */
  readonly text: string | undefined;
}

/** More files of one folder than this are not read. */
export const MOST_OWN_FILES = 50;
/** Characters of one file: ours have a tenth of that. */
export const LARGEST_OWN_FILE = 32 * 1024;

export function isOwnRuleFile(path: string): boolean {
  return Object.values(OWN_FOLDERS).some(
    (folder) => path.startsWith(`${folder}/`) && isOwnFileName(path.slice(folder.length + 1)),
  );
}

/** Files beside them, such as a README, are none of ours; nor are those in folders. */
export function isOwnFileName(name: string): boolean {
  return /^[^/]+\.ya?ml$/u.test(name);
}
