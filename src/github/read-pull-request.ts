import type { PullRequest, PullRequestRef } from "../service/ports.ts";
import { type Connection, pullRequestOf } from "./connection.ts";

export async function readPullRequest({ octokit }: Connection, ref: PullRequestRef): Promise<PullRequest> {
  const { data } = await octokit.rest.pulls.get(pullRequestOf(ref));
  return {
    ref,
    state: data.state,
    draft: data.draft ?? false,
    author: { login: data.user.login, isBot: data.user.type === "Bot" },
    labels: data.labels.map(({ name }) => name),
    topics: data.base.repo.topics ?? [],
    headSha: data.head.sha,
    baseSha: data.base.sha,
    headBranch: data.head.ref,
    isFork: data.head.repo?.id !== data.base.repo.id,
    changedFiles: data.changed_files,
    htmlUrl: data.base.repo.html_url,
  };
}
