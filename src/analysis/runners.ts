import type { ManifestFacts } from "../manifests/manifest.ts";
import type { ModuleTexts } from "./module-texts.ts";

/** Files that say what is run for each change, beside workflows; the last ones watch for new releases. */
const RUNNERS = [
  ".pre-commit-config.yaml",
  ".gitlab-ci.yml",
  "azure-pipelines.yml",
  "bitbucket-pipelines.yml",
  ".circleci/config.yml",
  "tox.ini",
  "noxfile.py",
  "Makefile",
  "justfile",
  "Justfile",
  ".github/dependabot.yml",
  ".github/dependabot.yaml",
  "renovate.json",
  ".github/renovate.json",
] as const;

const WORKFLOWS = ".github/workflows/";

/** Workflows that are read; where there are more, nobody knows what all of them run. */
const MOST_WORKFLOWS = 15;

/** The facts of a dependency file together with what runs for each change of the repository, where all of it is known. */
export function withRunners(
  facts: ManifestFacts,
  texts: ModuleTexts | undefined,
  onRead: (path: string) => void,
): ManifestFacts {
  // A list of names: what stands in a folder.
  const listed =
    texts
      ?.read(WORKFLOWS, true)
      ?.split("\n")
      .filter((name) => /\.ya?ml$/.test(name)) ?? [];
  if (texts === undefined || listed.length === 0 || listed.length > MOST_WORKFLOWS) return facts;
  const workflows = listed.map((name) => `${WORKFLOWS}${name}`);
  const found = [...workflows, ...RUNNERS].flatMap((path) => {
    const text = texts.read(path, true);
    if (text !== undefined) onRead(path);
    return text === undefined ? [] : [{ path, text }];
  });
  const isWhole = workflows.every((path) => found.some((one) => one.path === path));
  return isWhole ? { ...facts, runners: found.map(({ text }) => text) } : facts;
}
