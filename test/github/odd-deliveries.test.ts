import { createHmac } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { SECRET, startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import { pullRequestPayload } from "./stand-in/payloads.ts";

const app = await startApp();
afterAll(() => app.close());

async function post(event: string, body: string): Promise<number> {
  const signature = createHmac("sha256", SECRET).update(body).digest("hex");
  const response = await fetch(`${app.url}/api/github/webhooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": `odd-${Math.random()}`,
      "x-hub-signature-256": `sha256=${signature}`,
    },
    body,
  });
  return response.status;
}

const EVENTS = [
  "pull_request",
  "pull_request_review_comment",
  "issue_comment",
  "installation",
  "installation_repositories",
  "merge_group",
  "check_suite",
  "check_run",
];

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

test.each([
  ["an empty object", "{}"],
  ["an empty list", "[]"],
  ["null for every part", '{"action":null,"number":null,"pull_request":null,"installation":null,"repository":null}'],
  ["other types", '{"action":{},"number":"1","pull_request":[],"installation":true,"repository":7,"sender":"x"}'],
  [
    "keys that every object inherits",
    '{"__proto__":{"action":"opened"},"constructor":{"prototype":{}},"action":"toString"}',
  ],
  ["an object that is nested without end", deep(100_000)],
  ["a list that is nested without end", `${"[".repeat(200_000)}${"]".repeat(200_000)}`],
])("a signed delivery that is %s is answered, and starts nothing", async (_, body) => {
  const before = app.log.length;
  for (const event of EVENTS) expect([event, await post(event, body)]).toEqual([event, 202]);
  expect(app.log.slice(before).filter(({ level }) => level !== "info" && level !== "debug")).toEqual([]);
  expect(app.github.requests.filter(({ path }) => path.includes("/repos/"))).toEqual([]);
  expect(Reflect.get({}, "action")).toBeUndefined();
});

test.each(['"text"', "7", "null", "", "{", "\u0000"])("a signed body that is %j is refused", async (body) => {
  expect([400, 401]).toContain(await post("pull_request", body));
});

test("a delivery without one of the parts that it needs is answered, and starts nothing", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const whole = JSON.parse(JSON.stringify(await pullRequestPayload(pull, { action: "opened" }, app.github.world)));
  for (const part of ["action", "number", "pull_request", "installation", "repository"]) {
    const { [part]: _, ...others } = whole;
    const { id, status } = await app.github.deliver("pull_request", others);
    expect([part, status]).toEqual([part, 202]);
    expect((await app.logged(({ delivery }) => delivery === id)).outcome).toBe("ignored");
  }
  expect(app.github.checkRun(pull)).toBeUndefined();
});

test.each([
  ["a number that is none of GitHub's", { number: -1 }],
  ["a number that is too large to be exact", { number: 2 ** 60 }],
  ["a fraction", { number: 1.5 }],
])("a delivery about %s ends, and the next one is reviewed", async (_, parts) => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const whole = JSON.parse(JSON.stringify(await pullRequestPayload(pull, { action: "opened" }, app.github.world)));
  const { status } = await app.github.deliver("pull_request", { ...whole, ...parts });
  expect(status).toBe(202);
  expect((await app.review(pull)).conclusion).toBe("failure");
});

test("a delivery that names another repository than its installation has gets none of its token", async () => {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  const other = await app.openPullRequest({}, { "a.py": MISTAKE });
  const whole = JSON.parse(JSON.stringify(await pullRequestPayload(pull, { action: "opened" }, app.github.world)));
  const mixed = { ...whole, repository: { ...whole.repository, name: other.repository.name } };
  const { id } = await app.github.deliver("pull_request", mixed);
  await app.logged(({ delivery, msg }) => delivery === id && /^review (?:ended|failed)$/u.test(msg));
  expect(other.comments).toEqual([]);
});
