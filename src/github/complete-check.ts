import type { CompletedCheck, PlannedAnnotation } from "../review/review-plan.ts";
import { CodeHostError } from "../service/code-host-error.ts";
import type { CheckRef } from "../service/ports.ts";
import { type Connection, PAGE, repositoryOf } from "./connection.ts";
import { CHECK_NAME, createRun, latestRun, type OpenCheckRef } from "./find-check.ts";
import { writeOnce } from "./write-once.ts";

/** GitHub takes no more annotations in one request. */
const ANNOTATIONS_IN_REQUEST = 50;

/** One request where that is enough. Each request appends its annotations; the conclusion comes with the last one. */
export async function completeCheck(connection: Connection, check: CheckRef, planned: CompletedCheck): Promise<void> {
  const repeated = await findRepeated(connection, check, planned.annotations);
  if (repeated !== undefined) {
    const { run, annotations } = repeated;
    return updateAll(connection, run, { ...planned, annotations });
  }
  if (check.id === undefined && planned.annotations.length <= ANNOTATIONS_IN_REQUEST) {
    await orWithoutAnnotations(planned.annotations, (annotations) =>
      createCompleted(connection, check, { ...planned, annotations }),
    );
    return;
  }
  return updateAll(connection, await createRun(connection, check), planned);
}

async function updateAll(connection: Connection, run: OpenCheckRef, planned: CompletedCheck): Promise<void> {
  let next = run.annotationsSent;
  let saved = run.annotationsSent;
  for (;;) {
    const batch = planned.annotations.slice(next, next + ANNOTATIONS_IN_REQUEST);
    next += batch.length;
    const isLast = next >= planned.annotations.length;
    saved += await orWithoutAnnotations(batch, (annotations) =>
      update(connection, run, planned, { annotations, sent: saved + annotations.length, isLast }),
    );
    if (isLast) return;
  }
}

/** How many were saved. Where GitHub refuses some, none are sent: the summary has them all, and a check has to be completed. */
async function orWithoutAnnotations(
  annotations: readonly PlannedAnnotation[],
  send: (annotations: readonly PlannedAnnotation[]) => Promise<"saved" | "refused">,
): Promise<number> {
  if ((await send(annotations)) === "saved") return annotations.length;
  if (annotations.length > 0 && (await send([])) === "saved") return 0;
  throw new CodeHostError({ kind: "refused" });
}

interface Repeated {
  readonly run: OpenCheckRef;
  /** The planned ones, those first that the run has. */
  readonly annotations: readonly PlannedAnnotation[];
}

/**
 * The completed run of this very review, which was begun again: its process ended, its database was away, or somebody asked for it. It
 * is brought up to date where all its annotations are still right: they cannot be taken back.
 */
async function findRepeated(
  connection: Connection,
  check: CheckRef,
  planned: readonly PlannedAnnotation[],
): Promise<Repeated | undefined> {
  const { id, earlierRun, earlierAnnotations: count } = check;
  if (id !== undefined || earlierRun === undefined || count === undefined || count > planned.length) return undefined;
  const run = { ...check, id: earlierRun, annotationsSent: count };
  if (count === 0) return { run, annotations: planned };
  const there = await listAnnotations(connection, run);
  const rest = planned.map((annotation) => ({ annotation, text: textOf(toGitHub(annotation)) }));
  const first: PlannedAnnotation[] = [];
  for (const text of there) {
    const at = rest.findIndex((each) => each.text === text);
    if (at < 0) return undefined;
    first.push(...rest.splice(at, 1).map(({ annotation }) => annotation));
  }
  return { run, annotations: [...first, ...rest.map(({ annotation }) => annotation)] };
}

async function listAnnotations({ octokit }: Connection, { repository, id }: OpenCheckRef): Promise<readonly string[]> {
  const run = { ...repositoryOf(repository), check_run_id: id, per_page: PAGE };
  return (await octokit.paginate(octokit.rest.checks.listAnnotations, run)).map(textOf);
}

type WrittenAnnotation = Readonly<Record<keyof ReturnType<typeof toGitHub>, string | number | null>>;

function textOf({ path, start_line, end_line, annotation_level, title, message }: WrittenAnnotation): string {
  return JSON.stringify([path, start_line, end_line, annotation_level, title, message]);
}

function createCompleted(connection: Connection, check: CheckRef, planned: CompletedCheck) {
  const { title, summary, conclusion, annotations } = planned;
  return writeOnce(
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
}

interface Batch {
  readonly annotations: readonly PlannedAnnotation[];
  /** How many the run has once this batch is saved. */
  readonly sent: number;
  readonly isLast: boolean;
}

function update(connection: Connection, check: OpenCheckRef, planned: CompletedCheck, batch: Batch) {
  const run = { ...repositoryOf(check.repository), check_run_id: check.id };
  const { octokit } = connection;
  const { title, summary, conclusion } = planned;
  return writeOnce(
    connection,
    () =>
      octokit.rest.checks.update({
        ...run,
        ...(batch.isLast
          ? { external_id: check.externalId, status: "completed", conclusion, ...buttonsOf(planned) }
          : {}),
        output: { title, summary, annotations: batch.annotations.map(toGitHub) },
      }),
    async () => {
      // What adds no annotation can be sent again.
      if (batch.annotations.length === 0) return false;
      const { data } = await octokit.rest.checks.get(run);
      return data.output.annotations_count >= batch.sent && (data.status === "completed" || !batch.isLast);
    },
  );
}

function buttonsOf({ actions }: CompletedCheck) {
  if (actions === undefined) return {};
  return { actions: actions.map(({ id: identifier, label, description }) => ({ identifier, label, description })) };
}

function toGitHub({ path, startLine, endLine, level, title, message }: PlannedAnnotation) {
  return { path, start_line: startLine, end_line: endLine, annotation_level: level, title, message };
}
