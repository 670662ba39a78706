import { expect, test } from "vitest";
import { completeGivenUp } from "../../src/service/complete-unverified.ts";
import type { ReviewJob } from "../../src/service/job-queue.ts";
import type { CheckRef, CodeHost, PullRequest } from "../../src/service/ports.ts";

const REF = { installationId: 1, repositoryId: 2, owner: "acme", repo: "shop", number: 3 };
const JOB: ReviewJob = { key: "2:3", deliveryId: "d", pullRequest: REF };
const HEAD = "a".repeat(40);

/** What is completed of a job that was given up, where the head has the run that is given. */
async function completed(job: ReviewJob, run: Pick<CheckRef, "id" | "earlierRun">): Promise<readonly string[]> {
  const said: string[] = [];
  const host = {
    pullRequest: async () => ({ ref: REF, headSha: HEAD }) as PullRequest,
    findCheck: async ({ headSha }: PullRequest, externalId: string) => ({
      ...{ repository: REF, headSha, externalId, annotationsSent: 0 },
      ...run,
    }),
    completeCheck: async ({ headSha }: CheckRef, { conclusion }: { readonly conclusion: string }) =>
      void said.push(`${headSha} ${conclusion}`),
  } as unknown as CodeHost;
  await completeGivenUp(host, job, "1.0.0");
  return said;
}

test("the head of a review that was given up has a check that says so, where it has none that has ended", async () => {
  expect(await completed(JOB, {})).toEqual([`${HEAD} failure`]);
  expect(await completed(JOB, { id: 4 })).toEqual([`${HEAD} failure`]);
  expect(await completed(JOB, { earlierRun: 4 })).toEqual([]);
});

test("a merge group's own commit is told, and of a button that was pressed nothing", async () => {
  const group = { baseSha: "b".repeat(40), headSha: "c".repeat(40) };
  expect(await completed({ ...JOB, mergeGroup: group }, {})).toEqual([`${group.headSha} failure`]);
  expect(await completed({ ...JOB, fixes: { by: "mona", headSha: HEAD } }, {})).toEqual([]);
  expect(await completed({ ...JOB, pullRequest: { ...REF, number: 0 } }, {})).toEqual([]);
});
