import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";

const app = await startApp();
afterAll(() => app.close());

const CONFIG = ".github/safepath.yml";

const places = ({ comments }: PullRequest) => comments.map(({ path, place }) => `${path}:${place?.line}`);

test("what the base configures is in force", async () => {
  const pull = await app.openPullRequest({ [CONFIG]: "fail-on: never\n" }, { "a.py": MISTAKE });
  expect(await app.review(pull)).toMatchObject({ conclusion: "success", title: "1 error in 1 changed file" });
  expect(places(pull)).toEqual(["a.py:5"]);
});

test("a change cannot switch its own review off: what it configures is looked at and not obeyed", async () => {
  const pull = await app.openPullRequest(
    {},
    { "a.py": MISTAKE, [CONFIG]: "fail-on: never\nrulez: {}\nmode: monitor\n" },
  );
  const run = await app.review(pull);
  expect(run.conclusion).toBe("failure");
  expect(run.summary).toContain("once merged it changes `fail-on`, `mode`");
  expect(run.summary).toContain("`.github/safepath.yml` line 2: unknown setting `rulez`");
});

test("a configuration problem is named with its line, and the rest is in force", async () => {
  const pull = await app.openPullRequest(
    { [CONFIG]: "fail-on: fatal\nrules:\n  sql-injektion: off\ncomments: { from: error }\n" },
    { "a.py": MISTAKE },
  );
  const run = await app.review(pull);
  expect(run.conclusion).toBe("failure");
  expect(run.summary).toContain("**Configuration problem.**");
  expect(run.summary).toContain("`.github/safepath.yml` line 1: `fail-on`: expected `error`");
  expect(run.summary).toContain("line 3: unknown rule `sql-injektion` (did you mean `sql-injection`?)");
});

test("a configuration file that cannot be read is named, and why", async () => {
  const noText = Buffer.from([0xff, 0xfe, 0x41]);
  const pull = await app.openPullRequest(
    { [CONFIG]: "x: y\n".repeat(200_000), "shop/.safepath.yml": noText },
    { "shop/a.py": MISTAKE },
  );
  const { summary } = await app.review(pull);
  expect(summary).toContain("`.github/safepath.yml` line 1: it is too large; this review goes without it");
  expect(summary).toContain("`shop/.safepath.yml` line 1: it is not UTF-8; this review goes without it");
});

test("findings that are monitored are in the check alone", async () => {
  const pull = await app.openPullRequest({ [CONFIG]: "mode: monitor\n" }, { "a.py": MISTAKE });
  const run = await app.review(pull);
  expect(run.conclusion).toBe("success");
  expect(run.summary).toContain("Monitored: listed here alone (1)");
  expect(run.annotations.map(({ annotation_level }) => annotation_level)).toEqual(["warning"]);
  expect(pull.comments).toEqual([]);
});

test("files that are left out are listed as such, and folders have their own configuration", async () => {
  const pull = await app.openPullRequest(
    { [CONFIG]: 'ignore: ["gen/"]\n', "tools/.safepath.yml": "rules: { shell-true-dynamic: off }\n" },
    { "gen/a.py": MISTAKE, "tools/b.py": MISTAKE, "app/c.py": MISTAKE },
  );
  const run = await app.review(pull);
  expect(places(pull)).toEqual(["app/c.py:5"]);
  expect(run.summary).toContain("`gen/a.py`: left out by the configuration");
});

test("pull requests by some authors and with some labels are left to people", async () => {
  const byLabel = await app.openPullRequest(
    { [CONFIG]: "skip-labels: [wip]\n" },
    { "a.py": MISTAKE },
    { labels: ["wip"] },
  );
  expect(await app.review(byLabel)).toMatchObject({ conclusion: "neutral", title: "Not reviewed: by a label" });
  const drafts = await app.openPullRequest({ [CONFIG]: "drafts: review\n" }, { "a.py": MISTAKE }, { draft: true });
  expect((await app.review(drafts)).conclusion).toBe("failure");
});

test("the organization's file holds for its repositories: its defaults give way, what it enforces does not", async () => {
  const other = await startApp();
  await other.github.createRepository({
    owner: "acme",
    name: ".github",
    files: { [CONFIG]: "defaults: { comments: { at-most: 0 } }\nenforced: { fail-on: error }\n" },
  });
  const pull = await other.openPullRequest({ [CONFIG]: "fail-on: never\n" }, { "a.py": MISTAKE });
  expect((await other.review(pull)).conclusion).toBe("failure");
  expect(pull.comments).toEqual([]);
  await other.close();
});

/** An application whose organization lets no finding fail the check, and a pull request with a mistake. */
async function withEnforcedFile() {
  const other = await startApp();
  await other.github.createRepository({
    owner: "acme",
    name: ".github",
    files: { [CONFIG]: "enforced: { fail-on: never }\n" },
  });
  return { other, pull: await other.openPullRequest({}, { "a.py": MISTAKE }) };
}

test("while GitHub forbids to look for the organization's file, no review goes without it", async () => {
  const { other, pull } = await withEnforcedFile();
  const fault = other.github.faults.inject({
    kind: "status",
    status: 403,
    match: ({ path, body }) => path.endsWith("/access_tokens") && JSON.stringify(body).includes('".github"'),
    times: Number.POSITIVE_INFINITY,
  });
  const first = await other.github.announce(pull, { action: "opened" });
  await other.logged(({ delivery, msg }) => delivery === first.id && msg === "review failed");
  expect(other.log.filter(({ msg }) => msg === "review ended")).toEqual([]);
  fault.remove();
  await other.github.announce(pull, { action: "reopened" });
  await other.logged(({ msg }) => msg === "review ended");
  expect(other.github.checkRun(pull)?.conclusion).toBe("success");
  await other.close();
});

test("while GitHub does not answer, a review waits for the organization's file rather than going without", async () => {
  const { other, pull } = await withEnforcedFile();
  const fault = other.github.faults.inject({
    kind: "status",
    status: 502,
    match: ({ path, body }) => path === "/graphql" && JSON.stringify(body).includes('"repo":".github"'),
    times: 10,
  });
  expect((await other.review(pull)).conclusion).toBe("success");
  expect(fault.met).toBe(10);
  await other.close();
});

test("a clean pull request costs one write, a push that changes nothing at most seven requests, a first review ten", async () => {
  const files = (text: string) => Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`m${at}.py`, text]));
  const clean = await app.openPullRequest(files("a = 1\n"), files("a = 2\n"));
  app.github.forgetRequests();
  await app.review(clean);
  const counted = () => app.github.requests.filter(({ path }) => !path.endsWith("/access_tokens"));
  expect(counted().filter(({ method, path }) => method !== "GET" && !path.endsWith("/graphql"))).toHaveLength(1);

  const bad = await app.openPullRequest(files("a = 1\n"), { ...files("a = 2\n"), "m1.py": MISTAKE });
  app.github.forgetRequests();
  await app.review(bad);
  expect(counted().length).toBeLessThanOrEqual(10);
  const before = await app.github.push(bad, { "README.md": "# Shop, again\n" });
  app.github.forgetRequests();
  const { id } = await app.github.announce(bad, { action: "synchronize", before });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  expect(counted().length).toBeLessThanOrEqual(7);
  expect(bad.comments).toHaveLength(1);
});
