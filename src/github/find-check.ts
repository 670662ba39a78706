import { reviewOf } from "../service/external-id.ts";
import type { CheckRef, PullRequest } from "../service/ports.ts";
import { type Connection, repositoryOf } from "./connection.ts";

/** What branch protection names: never to be changed. */
export const CHECK_NAME = "Safepath";

/** The check of this head: a run that a process left unfinished when it died is taken over; else there is none yet. */
export async function findCheck(connection: Connection, pr: PullRequest, externalId: string): Promise<CheckRef> {
  const check = { repository: pr.ref, headSha: pr.headSha, externalId, annotationsSent: 0 };
  const latest = await latestRun(connection, check);
  if (latest === undefined) return check;
  const { id, output } = latest;
  if (!isSameReview(latest, externalId)) return { ...check, earlierRun: id };
  if (latest.status === "completed") return { ...check, earlierRun: id, earlierAnnotations: output.annotations_count };
  return { ...check, id, annotationsSent: output.annotations_count };
}

/** A run of another version is taken over as long as it holds none of that one's annotations. */
function isSameReview(run: FoundRun, externalId: string): boolean {
  if (run.external_id === externalId) return true;
  return run.output.annotations_count === 0 && reviewOf(run.external_id ?? "") === reviewOf(externalId);
}

interface FoundRun {
  readonly external_id: string | null;
  readonly output: { readonly annotations_count: number };
}

/** The newest run of our name, whoever's review it stands for. */
export async function latestRun(
  { octokit, appId }: Pick<Connection, "octokit" | "appId">,
  { repository, headSha, name = CHECK_NAME }: Pick<CheckRef, "repository" | "headSha" | "name">,
) {
  const { data } = await octokit.rest.checks.listForRef({
    ...repositoryOf(repository),
    ref: headSha,
    app_id: appId,
    check_name: name,
    filter: "latest",
  });
  return data.check_runs[0];
}

/** A check that has a run at GitHub. */
export type OpenCheckRef = CheckRef & { readonly id: number };

/** A run in progress, for a review that people may wait for. */
export async function openCheck(connection: Connection, check: CheckRef): Promise<CheckRef> {
  return check.earlierAnnotations === undefined ? createRun(connection, check) : check;
}

/** The run that the check has, or a new one in progress. */
export async function createRun({ octokit }: Connection, check: CheckRef): Promise<OpenCheckRef> {
  if (check.id !== undefined) return { ...check, id: check.id };
  const { data } = await octokit.rest.checks.create({
    ...repositoryOf(check.repository),
    name: check.name ?? CHECK_NAME,
    head_sha: check.headSha,
    external_id: check.externalId,
    status: "in_progress",
  });
  return { ...check, id: data.id };
}
