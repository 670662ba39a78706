import type { CompletedCheck, PlannedAnnotation } from "../review/review-plan.ts";
import { CodeHostError } from "../service/code-host-error.ts";
import type { CheckRef } from "../service/ports.ts";
import { type Connection, repositoryOf } from "./connection.ts";
import { CHECK_NAME, latestRun, type OpenCheckRef, openCheck } from "./find-check.ts";
import { writeOnce } from "./write-once.ts";

/** GitHub takes no more annotations in one request. */
const ANNOTATIONS_IN_REQUEST = 50;

/** One request where that is enough. Each request appends its annotations; the conclusion comes with the last one. */
export async function completeCheck(connection: Connection, check: CheckRef, planned: CompletedCheck): Promise<void> {
  if (check.id === undefined && planned.annotations.length <= ANNOTATIONS_IN_REQUEST) {
    return createCompleted(connection, check, planned);
  }
  const open = await openCheck(connection, check);
  let sent = open.annotationsSent;
  for (;;) {
    const batch = planned.annotations.slice(sent, sent + ANNOTATIONS_IN_REQUEST);
    const isLast = sent + batch.length >= planned.annotations.length;
    await update(connection, open, planned, { annotations: batch, sent: sent + batch.length, isLast });
    if (isLast) return;
    sent += batch.length;
  }
}

async function createCompleted(connection: Connection, check: CheckRef, planned: CompletedCheck): Promise<void> {
  const { title, summary, conclusion, annotations } = planned;
  const outcome = await writeOnce(
    connection,
    () =>
      connection.octokit.rest.checks.create({
        ...repositoryOf(check.repository),
        name: check.name ?? CHECK_NAME,
        head_sha: check.headSha,
        external_id: check.externalId,
        status: "completed",
        conclusion,
        output: { title, summary, annotations: annotations.map(toGitHub) },
        ...buttonsOf(planned),
      }),
    async () => {
      const latest = await latestRun(connection, check);
      return latest !== undefined && latest.external_id === check.externalId && latest.id !== check.earlierRun;
    },
  );
  if (outcome === "refused") throw new CodeHostError({ kind: "refused" });
}

interface Batch {
  readonly annotations: readonly PlannedAnnotation[];
  /** How many the run has once this batch is saved. */
  readonly sent: number;
  readonly isLast: boolean;
}

async function update(
  connection: Connection,
  check: OpenCheckRef,
  planned: CompletedCheck,
  batch: Batch,
): Promise<void> {
  const run = { ...repositoryOf(check.repository), check_run_id: check.id };
  const { octokit } = connection;
  const { title, summary, conclusion } = planned;
  const outcome = await writeOnce(
    connection,
    () =>
      octokit.rest.checks.update({
        ...run,
        ...(batch.isLast ? { status: "completed", conclusion, ...buttonsOf(planned) } : {}),
        output: { title, summary, annotations: batch.annotations.map(toGitHub) },
      }),
    async () => {
      const { data } = await octokit.rest.checks.get(run);
      return data.output.annotations_count >= batch.sent && (data.status === "completed" || !batch.isLast);
    },
  );
  if (outcome === "refused") throw new CodeHostError({ kind: "refused" });
}

function buttonsOf({ actions }: CompletedCheck) {
  if (actions === undefined) return {};
  return { actions: actions.map(({ id: identifier, label, description }) => ({ identifier, label, description })) };
}

function toGitHub({ path, startLine, endLine, level, title, message }: PlannedAnnotation) {
  return { path, start_line: startLine, end_line: endLine, annotation_level: level, title, message };
}
