import { afterAll, afterEach, expect, test } from "vitest";
import { type LogLine, startApp } from "./app-on-loopback.ts";
import { mistakes } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";
import type { ApiRequest } from "./stand-in/request.ts";

const app = await startApp();
afterAll(() => app.close());
afterEach(() => expect(app.github.faults.unmet).toEqual([]));

const REVIEWS = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
const COMMENTS = "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments";
const CREATE_RUN = "POST /repos/{owner}/{repo}/check-runs";
const UPDATE_RUN = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
const FILES = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
const REFUSAL = { kind: "status", status: 422 } as const;

/** Three mistakes of three rules: three comments. */
const MISTAKES = `import subprocess
import yaml


def load(name, text):
    subprocess.run("ls " + name, shell=True)
    yaml.load(text, Loader=yaml.Loader)
    return eval(text)
`;

test("what GitHub refuses in a review goes comment by comment", async () => {
  app.github.faults.inject({ ...REFUSAL, match: REVIEWS });
  const pull = await reviewMistakes();
  expect(places(pull)).toEqual(["a.py:6", "a.py:7", "a.py:8"]);
});

test("a comment that GitHub refuses on its line goes to its file, without a suggestion", async () => {
  app.github.faults.inject({ ...REFUSAL, match: REVIEWS });
  app.github.faults.inject({ ...REFUSAL, match: ({ method, body }) => method === "POST" && isOnLine(body, 7) });
  const pull = await reviewMistakes();
  expect(places(pull)).toEqual(["a.py:6", "a.py:8", "a.py:undefined"]);
  const onFile = pull.comments.find(({ place }) => place === undefined);
  expect(onFile?.body).toContain("yaml");
  expect(onFile?.body).not.toContain("```suggestion");
});

test("a comment that GitHub refuses everywhere is left to the summary, and nothing is lost", async () => {
  app.github.faults.inject({ ...REFUSAL, match: REVIEWS });
  app.github.faults.inject({ ...REFUSAL, match: COMMENTS, times: 6 });
  const pull = await reviewMistakes();
  expect(pull.comments).toEqual([]);
  const run = app.github.checkRun(pull);
  expect(run?.summary).toContain("GitHub took no comment for 3 findings");
  expect(run?.annotations.map(({ start_line }) => start_line).toSorted()).toEqual([6, 7, 8]);
  expect(run?.conclusion).toBe("failure");
});

test.each(["502-saved", "drop-saved"] as const)(
  "a review that was saved though the answer was %s is not posted twice",
  async (kind) => {
    const fault = app.github.faults.inject({ kind, match: REVIEWS });
    const pull = await reviewMistakes();
    expect(fault.met).toBe(1);
    expect(pull.reviews).toHaveLength(1);
    expect(pull.comments).toHaveLength(3);
  },
);

test("a single comment that was saved though the answer was 502 is not posted twice", async () => {
  app.github.faults.inject({ ...REFUSAL, match: REVIEWS });
  app.github.faults.inject({ kind: "502-saved", match: COMMENTS });
  const pull = await reviewMistakes();
  expect(places(pull)).toEqual(["a.py:6", "a.py:7", "a.py:8"]);
});

test("a review that was not saved is posted again", async () => {
  app.github.faults.inject({ kind: "502-html", match: REVIEWS, times: 2 });
  const pull = await reviewMistakes();
  expect(pull.reviews).toHaveLength(1);
});

test("annotations that were saved though the answer was 502 are not sent twice", async () => {
  const fault = app.github.faults.inject({ kind: "502-saved", match: UPDATE_RUN });
  const pull = await app.openPullRequest({}, { "a.py": mistakes(60) });
  await app.review(pull);
  expect(fault.met).toBe(1);
  expect(app.github.checkRun(pull)?.annotations).toHaveLength(60);
});

test("a check whose annotations GitHub refuses is completed without those", async () => {
  const hasAnnotations = ({ body }: ApiRequest) => JSON.stringify(body ?? "").includes('"start_line":');
  const fault = app.github.faults.inject({
    kind: "status",
    status: 422,
    match: (request) => request.path.includes("/check-runs") && request.method !== "GET" && hasAnnotations(request),
    times: 2,
  });
  const small = await reviewMistakes();
  const large = await app.openPullRequest({}, { "a.py": mistakes(60) });
  await app.review(large);
  expect(fault.met).toBe(2);
  const runs = [small, large].map((pull) => app.github.checkRun(pull));
  expect(runs.map((run) => [run?.conclusion, run?.annotations.length])).toEqual([
    ["failure", 0],
    ["failure", 10],
  ]);
  expect(app.github.checkRun(small)?.summary).toContain("`a.py` line");
});

test("a secondary limit is waited out for as long as GitHub says", async () => {
  const fault = app.github.faults.inject({ kind: "secondary-limit", retryAfter: 42, match: REVIEWS });
  const pull = await reviewMistakes();
  expect(fault.met).toBe(1);
  expect(app.clock.slept).toContain(42_000);
  expect(pull.reviews).toHaveLength(1);
});

test("a secondary limit that names no time is waited out for a minute, and longer the next time", async () => {
  const before = app.clock.slept.length;
  app.github.faults.inject({ kind: "secondary-limit", match: FILES, times: 2 });
  const pull = await reviewMistakes();
  expect(app.clock.slept.slice(before).filter((slept) => slept >= 60_000)).toEqual([60_000, 120_000]);
  expect(pull.reviews).toHaveLength(1);
});

test("a secondary limit that names no time and lasts parks the job, and is no lack of permission", async () => {
  app.github.faults.inject({ kind: "secondary-limit", match: FILES, times: 6 });
  const pull = await openMistakes();
  await app.review(pull);
  expect(linesOf(pull)).toMatchObject([
    { msg: "review failed", err: { kind: "rate-limited" } },
    { msg: "review ended" },
  ]);
  expect(pull.reviews).toHaveLength(1);
});

test("a limit that lasts long parks the job instead of a worker, and the review comes afterwards", async () => {
  app.github.faults.inject({ kind: "secondary-limit", retryAfter: 1_800, match: FILES });
  const pull = await openMistakes();
  await app.review(pull);
  expect(linesOf(pull)).toMatchObject([
    { msg: "review failed", err: { kind: "rate-limited" } },
    { msg: "review ended" },
  ]);
  expect(Math.max(...app.clock.slept)).toBeGreaterThan(1_790_000);
  expect(pull.reviews).toHaveLength(1);
});

test("reads are repeated through a short outage", async () => {
  app.github.faults.inject({ kind: "502-html", match: FILES, times: 2 });
  app.github.faults.inject({ kind: "drop", match: "GET /repos/{owner}/{repo}/compare/{basehead}" });
  const pull = await reviewMistakes();
  expect(pull.comments).toHaveLength(3);
  expect(linesOf(pull)).toMatchObject([{ msg: "review ended" }]);
});

test("a token is asked for again when the connection breaks or GitHub fails", async () => {
  const match = "POST /app/installations/{installation_id}/access_tokens";
  app.github.faults.inject({ kind: "drop", match });
  app.github.faults.inject({ kind: "502-saved", match });
  const pull = await reviewMistakes();
  expect(linesOf(pull)).toMatchObject([{ msg: "review ended" }]);
});

test("a query that is too much for GitHub is asked in parts", async () => {
  app.github.faults.inject({ kind: "502-html", match: "POST /graphql" });
  const before = app.github.countRequests("POST /graphql");
  const pull = await reviewMistakes({ "b.py": "b = 1\n" });
  expect(pull.comments).toHaveLength(3);
  expect(app.github.countRequests("POST /graphql") - before).toBe(3);
});

test("a file that cannot be had is named, the others are reviewed, and the check does not pass", async () => {
  const isAboutB = (body: unknown) => JSON.stringify(body ?? "").includes(":b.py");
  const fault = app.github.faults.inject({ kind: "502-html", match: ({ body }) => isAboutB(body), times: 10 });
  const pull = await openMistakes({ "b.py": "b = 1\n" });
  const run = await app.review(pull);
  fault.remove();
  expect(run.summary).toContain("`b.py`: not analysed: it could not be read");
  expect(run.title).toMatch(/; 1 file could not be read$/u);
  expect(pull.comments).toHaveLength(3);
});

test("a file that GitHub fails to give once more when it is asked for alone is asked for again, and reviewed", async () => {
  const isAboutB = (body: unknown) => JSON.stringify(body ?? "").includes(":b.py");
  const fault = app.github.faults.inject({ kind: "502-html", match: ({ body }) => isAboutB(body), times: 3 });
  const pull = await openMistakes({ "b.py": "b = 1\n" });
  const run = await app.review(pull);
  expect(fault.met).toBe(3);
  expect(run.summary).not.toContain("could not be read");
  expect(pull.comments).toHaveLength(3);
});

test("a review that breaks off leaves a completed check, and is done again on the same one", async () => {
  app.github.faults.inject({ kind: "502-html", match: FILES, times: 4 });
  const pull = await openMistakes();
  await app.review(pull);
  const created = app.github.requests.filter(({ operation }) => operation === CREATE_RUN).at(-1);
  expect(created?.body).toMatchObject({
    conclusion: "failure",
    output: { title: "Could not verify: the review did not finish" },
  });
  expect(pull.repository.checkRuns.map(({ title }) => title)).toEqual([expect.stringMatching(/in 1 changed file$/u)]);
});

test("a run whose creation was saved though the answer was 502 is taken over", async () => {
  app.github.faults.inject({ kind: "502-saved", match: CREATE_RUN });
  const pull = await openMistakes();
  await app.review(pull);
  expect(pull.repository.checkRuns.map(({ status }) => status)).toEqual(["completed"]);
});

test("where comments are forbidden the check says all", async () => {
  app.github.faults.inject({ kind: "status", status: 403, match: REVIEWS });
  const pull = await openMistakes();
  const run = await app.review(pull);
  expect(run.summary).toContain("GitHub took no comment for 3 findings");
  expect(run.annotations).toHaveLength(3);
});

test("what is logged of a failure holds neither a token nor code", async () => {
  app.github.faults.inject({ kind: "502-html", match: REVIEWS, times: 3 });
  const pull = await openMistakes();
  await app.review(pull);
  expect(linesOf(pull).map(({ msg }) => msg)).toContain("review failed");
  const text = JSON.stringify(app.log);
  for (const secret of ["ghs_", "yaml.load", "PRIVATE KEY", "suggestion", "safepath:1"])
    expect(text).not.toContain(secret);
});

function openMistakes(others: Readonly<Record<string, string>> = {}): Promise<PullRequest> {
  return app.openPullRequest({}, { "a.py": MISTAKES, ...others });
}

async function reviewMistakes(others?: Readonly<Record<string, string>>): Promise<PullRequest> {
  const pull = await openMistakes(others);
  await app.review(pull);
  return pull;
}

function linesOf({ repository }: PullRequest): readonly LogLine[] {
  return app.log.filter((line) => line.repository === repository.fullName && line.msg.startsWith("review "));
}

function places({ comments }: PullRequest): readonly string[] {
  return comments.map(({ path, place }) => `${path}:${place?.line}`).toSorted();
}

function isOnLine(body: unknown, line: number): boolean {
  return typeof body === "object" && body !== null && "line" in body && body.line === line;
}
