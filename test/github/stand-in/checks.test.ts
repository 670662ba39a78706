import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Client, clientFor } from "./client.ts";
import type { PullRequest } from "./pull-state.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

let github: StandIn;
let client: Client;
let pull: PullRequest;

const annotation = { path: "a.py", start_line: 1, end_line: 1, annotation_level: "warning", message: "Look." } as const;

beforeAll(async () => {
  github = await startStandIn();
  const repository = await github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "a = 1\n" } });
  await repository.commit("feature", { "a.py": "a = 2\n" });
  pull = await github.openPullRequest(repository, { head: "feature" });
  client = clientFor(github, repository);
});

beforeEach(async () => {
  await github.push(pull, { "a.py": `a = ${github.world.nextId()}\n` });
});

afterAll(() => github.close());

function create(fields: Record<string, unknown> = {}) {
  const { octokit, at } = client;
  return octokit.checks.create({ ...at, name: "Safepath", head_sha: pull.headSha, ...fields });
}

function update(check_run_id: number, fields: Record<string, unknown>) {
  const { octokit, at } = client;
  return octokit.checks.update({ ...at, check_run_id, ...fields });
}

async function list(fields: Record<string, unknown> = {}) {
  const { octokit, at } = client;
  return (await octokit.checks.listForRef({ ...at, ref: pull.headSha, ...fields })).data.check_runs;
}

test("a run goes from in progress to its conclusion, and names its pull request", async () => {
  const { data: run } = await create({ status: "in_progress", external_id: "1:2" });
  expect(run).toMatchObject({ status: "in_progress", conclusion: null, completed_at: null, external_id: "1:2" });
  const { data } = await update(run.id, { conclusion: "failure", output: { title: "2 findings", summary: "Here." } });
  expect(data).toMatchObject({ status: "completed", conclusion: "failure", output: { title: "2 findings" } });
  expect(data.pull_requests.map((each) => each.number)).toEqual([1]);
  expect((await client.octokit.checks.get({ ...client.at, check_run_id: run.id })).data).toEqual(data);
});

test("annotations of every call are added to those that are there", async () => {
  const { data: run } = await create();
  const fifty = Array.from({ length: 50 }, () => annotation);
  await update(run.id, { output: { summary: "s", annotations: fifty } });
  const { data } = await update(run.id, { output: { summary: "s", annotations: fifty.slice(0, 30) } });
  expect(data.output.annotations_count).toBe(80);
  const page = await client.octokit.checks.listAnnotations({ ...client.at, check_run_id: run.id, per_page: 100 });
  expect(page.data).toHaveLength(80);
});

test("the longest texts are accepted", async () => {
  const { data: run } = await create();
  const longest = { title: "x".repeat(255), message: "x".repeat(65_536), raw_details: "x".repeat(65_536) };
  const output = {
    summary: "x".repeat(65_535),
    text: "x".repeat(65_535),
    annotations: [{ ...annotation, ...longest }],
  };
  await update(run.id, { output });
  expect(github.checkRun(pull)).toMatchObject({ summary: output.summary, text: output.text });
});

test.each<[string, Record<string, unknown>]>([
  ["more than 50 annotations", { output: { summary: "s", annotations: Array.from({ length: 51 }, () => annotation) } }],
  ["a summary of more than 65,535 characters", { output: { summary: "x".repeat(65_536) } }],
  ["a text of more than 65,535 characters", { output: { summary: "s", text: "x".repeat(65_536) } }],
  ["a title without a summary", { output: { title: "t" } }],
  ["a long annotation title", { output: { summary: "s", annotations: [{ ...annotation, title: "x".repeat(256) }] } }],
  ["a message over 64 kB", { output: { summary: "s", annotations: [{ ...annotation, message: "é".repeat(32_769) }] } }],
  [
    "an annotation that ends before it starts",
    { output: { summary: "s", annotations: [{ ...annotation, start_line: 2 }] } },
  ],
  [
    "columns over several lines",
    { output: { summary: "s", annotations: [{ ...annotation, end_line: 2, end_column: 1 }] } },
  ],
  ["a completion without a conclusion", { status: "completed" }],
  ["an unknown conclusion", { conclusion: "fine" }],
  ["four buttons", { actions: Array.from({ length: 4 }, () => ({ label: "l", description: "d", identifier: "i" })) }],
])("%s is refused and changes nothing", async (_, fields) => {
  const { data: run } = await create();
  await expect(update(run.id, fields)).rejects.toMatchObject({ status: 422 });
  expect(github.checkRun(pull)).toMatchObject({ status: "queued", summary: undefined, annotations: [] });
});

test("a run is listed by name, app and status; the newest of a name unless all are asked for", async () => {
  const { data: first } = await create();
  const { data: second } = await create();
  const { data: other } = await create({ name: "Other", conclusion: "success" });
  const ids = async (fields?: Record<string, unknown>) => (await list(fields)).map((run) => run.id);
  expect(await ids()).toEqual([other.id, second.id]);
  expect(await ids({ filter: "all" })).toEqual([other.id, second.id, first.id]);
  expect(await ids({ check_name: "Safepath", app_id: github.app.id })).toEqual([second.id]);
  expect(await ids({ app_id: 1 })).toEqual([]);
  expect(await ids({ status: "completed" })).toEqual([other.id]);
});

test("a run of another app cannot be changed", async () => {
  const { data: run } = await create();
  const mine = github.checkRun(pull);
  if (mine === undefined) throw new Error("no run");
  pull.repository.checkRuns.push({ ...mine, id: run.id + 1_000_000, appId: 1 });
  await expect(update(run.id + 1_000_000, { conclusion: "success" })).rejects.toMatchObject({ status: 403 });
});

test("a run for a commit that is not there is refused", async () => {
  await expect(create({ head_sha: "0".repeat(40) })).rejects.toMatchObject({ status: 422 });
});

test("a run for the head of a fork names no pull request", async () => {
  const fork = github.fork(pull.repository, "mona");
  const head_sha = await fork.commit("theirs", { "a.py": "a = 0\n" });
  await github.openPullRequest(pull.repository, { head: "theirs", fork });
  expect((await create({ head_sha })).data.pull_requests).toEqual([]);
});

test("what the stand-in answers is what GitHub describes", () => {
  const { violations } = github.contract;
  expect(violations.filter((each) => !each.includes("check_run_id}/request"))).toEqual([]);
});
