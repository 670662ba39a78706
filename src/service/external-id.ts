import type { PullRequest } from "./ports.ts";

/** What a check run carries of the review it stands for: the code host names no pull request of a fork with a run. */
export function writeExternalId({ ref, headSha }: PullRequest, version: string): string {
  return `${ref.repositoryId}:${ref.number}:${headSha}:${version}`;
}

/** All of it but the version that made the review. */
export function reviewOf(externalId: string): string {
  return externalId.split(":", 3).join(":");
}

/** The number of the pull request; undefined for a run of another repository or another maker. */
export function readExternalId(externalId: string, repositoryId: number): number | undefined {
  const [repository, number] = /^(\d+):(\d+):/u.exec(externalId)?.slice(1) ?? [];
  return repository === String(repositoryId) ? Number(number) : undefined;
}
