import type { RepositoryRef } from "../service/ports.ts";
import { type Connection, PAGE, repositoryOf } from "./connection.ts";

/** Open pull requests that are looked through, newest first, where GitHub does not know those of a commit. */
const MOST_PAGES = 3;

/** GitHub names the pull requests of a commit, but not those that come from a fork: these are found by their head. */
export async function findPullRequest(
  { octokit }: Connection,
  ref: RepositoryRef,
  headSha: string,
): Promise<number | undefined> {
  const { data: named } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
    ...repositoryOf(ref),
    commit_sha: headSha,
  });
  const known = named.find(({ head, state }) => head.sha === headSha && state === "open");
  if (known !== undefined) return known.number;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data: open } = await octokit.rest.pulls.list({ ...repositoryOf(ref), state: "open", per_page: PAGE, page });
    const found = open.find(({ head }) => head.sha === headSha);
    if (found !== undefined) return found.number;
    if (open.length < PAGE) return undefined;
  }
  return undefined;
}
