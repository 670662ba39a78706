import type { CheckRef, PullRequest } from "../service/ports.ts";
import { type Connection, repositoryOf } from "./connection.ts";

/** What branch protection names: never to be changed. */
export const CHECK_NAME = "Safepath";

/** Creates the run of this head, or takes over one that a process left unfinished when it died. */
export async function openCheck(connection: Connection, pr: PullRequest, externalId: string): Promise<CheckRef> {
  const unfinished = await findUnfinished(connection, pr, externalId);
  if (unfinished !== undefined) return unfinished;
  const { data } = await connection.octokit.rest.checks.create({
    ...repositoryOf(pr.ref),
    name: CHECK_NAME,
    head_sha: pr.headSha,
    external_id: externalId,
    status: "in_progress",
  });
  return { repository: pr.ref, id: data.id, headSha: pr.headSha, annotationsSent: 0 };
}

async function findUnfinished(
  { octokit, appId }: Connection,
  { ref, headSha }: PullRequest,
  externalId: string,
): Promise<CheckRef | undefined> {
  const { data } = await octokit.rest.checks.listForRef({
    ...repositoryOf(ref),
    ref: headSha,
    app_id: appId,
    check_name: CHECK_NAME,
    filter: "latest",
  });
  const run = data.check_runs.find(({ status, external_id }) => status !== "completed" && external_id === externalId);
  if (run === undefined) return undefined;
  return { repository: ref, id: run.id, headSha, annotationsSent: run.output.annotations_count };
}
