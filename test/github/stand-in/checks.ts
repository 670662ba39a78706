import { z } from "zod";
import { type Answer, created, notFound, ok, Problem } from "./answer.ts";
import { annotationShape, runShape } from "./check-shape.ts";
import type { CheckRun } from "./check-state.ts";
import { answerPage, pageOf } from "./paging.ts";
import { numberParam, readBody, textParam } from "./request.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "./route.ts";
import type { World } from "./world.ts";

/** GitHub's documented limits of a check run. */
const longestText = 65_535;
const mostAnnotations = 50;
const longestMessageBytes = 65_536;
const longestTitle = 255;

const root = "/repos/{owner}/{repo}";

export const checkRoutes: readonly Route[] = [
  repositoryRoute(`POST ${root}/check-runs`, "checks:write", createRun),
  repositoryRoute(`PATCH ${root}/check-runs/{check_run_id}`, "checks:write", updateRun),
  repositoryRoute(`GET ${root}/check-runs/{check_run_id}`, "checks:read", (call) =>
    ok(runShape(runOf(call), call.repository, call.world)),
  ),
  repositoryRoute(`GET ${root}/check-runs/{check_run_id}/annotations`, "checks:read", listAnnotations),
  repositoryRoute(`GET ${root}/commits/{ref}/check-runs`, "checks:read", listRuns),
];

const bytesUpTo = (limit: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= limit, "the text is too long");

const annotationSchema = z
  .strictObject({
    path: z.string().min(1),
    start_line: z.int().min(1),
    end_line: z.int().min(1),
    start_column: z.int().min(1).optional(),
    end_column: z.int().min(1).optional(),
    annotation_level: z.enum(["notice", "warning", "failure"]),
    message: bytesUpTo(longestMessageBytes).min(1),
    title: z.string().max(longestTitle).optional(),
    raw_details: bytesUpTo(longestMessageBytes).optional(),
  })
  .refine((each) => each.end_line >= each.start_line, "an annotation ends before it starts")
  .refine(
    (each) => each.start_line === each.end_line || (each.start_column ?? each.end_column) === undefined,
    "columns are for annotations of one line",
  );

const outputFields = {
  summary: z.string().max(longestText),
  text: z.string().max(longestText).optional(),
  annotations: z.array(annotationSchema).max(mostAnnotations).optional(),
  images: z.array(z.unknown()).optional(),
};

const runFields = {
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(["queued", "in_progress", "completed"]).optional(),
  started_at: z.iso.datetime().optional(),
  completed_at: z.iso.datetime().optional(),
  conclusion: z
    .enum(["action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out"])
    .optional(),
  actions: z
    .array(
      z.strictObject({
        label: z.string().max(20),
        description: z.string().max(40),
        identifier: z.string().max(20),
      }),
    )
    .max(3)
    .optional(),
};

const creation = z.strictObject({
  ...runFields,
  name: z.string().min(1),
  head_sha: z.string(),
  output: z.strictObject({ ...outputFields, title: z.string() }).optional(),
});

const update = z.strictObject({
  ...runFields,
  name: z.string().min(1).optional(),
  output: z.strictObject({ ...outputFields, title: z.string().optional() }).optional(),
});

type Update = z.infer<typeof update>;

async function createRun(call: RepositoryCall): Promise<Answer> {
  const body = readBody(creation, call.request);
  const headSha = await call.repository.find(body.head_sha);
  if (headSha === undefined) throw new Problem(422, `No commit found for SHA: ${body.head_sha}`);
  const run: CheckRun = {
    id: call.world.nextId(),
    appId: call.world.app.id,
    headSha,
    name: body.name,
    externalId: "",
    detailsUrl: undefined,
    status: "queued",
    conclusion: undefined,
    startedAt: call.world.now(),
    completedAt: undefined,
    title: undefined,
    summary: undefined,
    text: undefined,
    annotations: [],
    actions: [],
  };
  apply(run, body, call.world);
  call.repository.checkRuns.push(run);
  return created(runShape(run, call.repository, call.world));
}

function updateRun(call: RepositoryCall): Answer {
  const body = readBody(update, call.request);
  const run = runOf(call);
  if (run.appId !== call.world.app.id) {
    throw new Problem(403, "Invalid app_id: a check run can only be modified by the GitHub App that created it.");
  }
  apply(run, body, call.world);
  return ok(runShape(run, call.repository, call.world));
}

/** A conclusion completes the run; annotations are added to those that are there. */
function apply(run: CheckRun, body: Update, world: World): void {
  if (body.status === "completed" && body.conclusion === undefined) {
    throw new Problem(422, "Invalid request.\n\nA completed check run needs a conclusion.");
  }
  run.name = body.name ?? run.name;
  run.externalId = body.external_id ?? run.externalId;
  run.detailsUrl = body.details_url ?? run.detailsUrl;
  run.actions = body.actions ?? run.actions;
  if (body.started_at !== undefined) run.startedAt = new Date(body.started_at);
  if (body.conclusion !== undefined) {
    run.status = "completed";
    run.conclusion = body.conclusion;
    run.completedAt = body.completed_at === undefined ? world.now() : new Date(body.completed_at);
  } else if (body.status !== undefined) {
    run.status = body.status;
    run.conclusion = undefined;
    run.completedAt = undefined;
  }
  if (body.output === undefined) return;
  run.title = body.output.title ?? run.title;
  run.summary = body.output.summary;
  run.text = body.output.text ?? run.text;
  run.annotations.push(...(body.output.annotations ?? []));
}

function listAnnotations(call: RepositoryCall): Answer {
  const run = runOf(call);
  return answerPage(call.request, call.world.api, run.annotations, (each) =>
    annotationShape(each, run, call.repository, call.world),
  );
}

/** `latest`: the newest of each name and app. */
async function listRuns(call: RepositoryCall): Promise<Answer> {
  const { query } = call.request;
  const sha = await call.repository.resolve(textParam(call.params, "ref"));
  const appId = query.get("app_id");
  const name = query.get("check_name");
  const status = query.get("status");
  const matching = call.repository.checkRuns
    .filter((run) => run.headSha === sha)
    .filter((run) => appId === null || String(run.appId) === appId)
    .filter((run) => name === null || run.name === name)
    .filter((run) => status === null || run.status === status)
    .reverse();
  const listed =
    query.get("filter") === "all" ? matching : matching.filter((run, at) => at === firstOfName(matching, run));
  const page = pageOf(call.request, call.world.api, listed);
  const shapes = page.items.map((run) => runShape(run, call.repository, call.world));
  return { ...ok({ total_count: listed.length, check_runs: shapes }), headers: page.headers };
}

function firstOfName(runs: readonly CheckRun[], { name, appId }: CheckRun): number {
  return runs.findIndex((run) => run.name === name && run.appId === appId);
}

function runOf(call: RepositoryCall): CheckRun {
  const id = numberParam(call.params, "check_run_id");
  const run = call.repository.checkRuns.find((each) => each.id === id);
  if (run === undefined) throw notFound();
  return run;
}
