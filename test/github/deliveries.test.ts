import { createHmac } from "node:crypto";
import { request } from "node:http";
import { afterAll, expect, test } from "vitest";
import { PREVIOUS_SECRET, SECRET, startApp } from "./app-on-loopback.ts";

const app = await startApp();
afterAll(() => app.close());

const LARGEST_BODY = 25 * 1024 * 1024;

test.each(["body", "signature"] as const)(
  "a delivery whose %s was tampered with is refused with 401",
  async (tamper) => {
    const pull = await app.openPullRequest({}, { "a.py": "a = 1\n" });
    const { id, status } = await app.github.announce(pull, { action: "opened" }, { tamper });
    expect(status).toBe(401);
    expect(app.github.checkRun(pull)).toBeUndefined();
    const line = await app.logged((each) => each.delivery === id && each.msg === "delivery refused");
    expect(line).toMatchObject({ level: "warn", event: "pull_request", reason: "the signature is wrong" });
  },
);

test("a delivery without a signature is refused with 400", async () => {
  const { id, status } = await app.github.deliver("ping", { zen: "" }, { tamper: "no-signature" });
  expect(status).toBe(400);
  const line = await app.logged((each) => each.delivery === id && each.msg === "delivery refused");
  expect(line.reason).toBe("a GitHub header is missing");
});

test("the secret that is being replaced is still accepted", async () => {
  const { status } = await app.github.deliver("ping", { zen: "" }, { secret: PREVIOUS_SECRET });
  expect(status).toBe(202);
});

test("the secret that Probot falls back to is not accepted", async () => {
  const { status } = await app.github.deliver("ping", { zen: "" }, { secret: "development" });
  expect(status).toBe(401);
});

test.each([
  ["an event that GitHub may invent one day", "solar_eclipse", {}],
  ["an event of another kind", "star", { action: "created" }],
  ["an action that asks for no review", "pull_request", { action: "labeled" }],
])("%s is accepted and ignored", async (_, event, payload) => {
  const { id, status } = await app.github.deliver(event, payload);
  expect(status).toBe(202);
  const line = await app.logged(({ delivery }) => delivery === id);
  expect(line.outcome).toBe("ignored");
});

test("a body over 25 MB is refused with 413 as soon as its length is known", async () => {
  expect(await post({ "content-length": String(LARGEST_BODY + 1) }, [])).toBe(413);
});

test("a body over 25 MB that hides its length is refused with 413 while it comes in", async () => {
  const megabyte = Buffer.alloc(1024 * 1024, "x");
  const parts = Array.from({ length: 26 }, () => megabyte);
  expect(await post({ "transfer-encoding": "chunked" }, parts)).toBe(413);
});

test("a signed body that is not JSON is refused with 400", async () => {
  expect(await post({}, [Buffer.from("payload=%7B%7D")])).toBe(400);
});

test.each([
  ["GET", "/api/github/webhooks", 405],
  ["POST", "/", 404],
  ["GET", "/healthz", 200],
  ["GET", "/readyz", 200],
])("%s %s answers %i", async (method, path, status) => {
  const response = await fetch(`${app.url}${path}`, { method });
  expect(response.status).toBe(status);
});

test("a repeated delivery is accepted, and nothing is done twice", async () => {
  const pull = await app.openPullRequest({}, { "a.py": "import os\nos.system('ls ' + input())\n" });
  await app.review(pull);
  const first = app.log.find(({ msg, pullRequest }) => msg === "review ended" && pullRequest === pull.number);
  const before = app.github.countRequests();
  const { status } = await app.github.announce(pull, { action: "opened" }, deliveryOf(first?.delivery));
  expect(status).toBe(202);
  await app.logged(({ outcome }) => outcome === "duplicate");
  expect(app.github.countRequests()).toBe(before);
});

test("the answer comes before the work is done", async () => {
  const pull = await app.openPullRequest({}, { "a.py": "a = 1\n" });
  const fault = app.github.faults.inject({
    kind: "delay",
    milliseconds: 300,
    match: (asked) => asked.path === `/repos/${pull.repository.fullName}/pulls/${pull.number}`,
  });
  await app.github.announce(pull, { action: "opened" });
  expect(app.github.checkRun(pull)).toBeUndefined();
  await app.github.untilChecked(pull);
  expect(fault.met).toBe(1);
});

function deliveryOf(id: string | undefined): { readonly id: string } {
  if (id === undefined) throw new Error("nothing was delivered");
  return { id };
}

/** Sends a signed body in parts; gives the status of the answer, also when that comes before the body has been sent. */
function post(headers: Readonly<Record<string, string>>, parts: readonly Buffer[]): Promise<number | undefined> {
  const signature = createHmac("sha256", SECRET).update(Buffer.concat(parts)).digest("hex");
  return new Promise((resolve, reject) => {
    const sent = request(`${app.url}/api/github/webhooks`, {
      method: "POST",
      headers: {
        "x-github-event": "ping",
        "x-github-delivery": "1",
        "x-hub-signature-256": `sha256=${signature}`,
        ...headers,
      },
    });
    sent.on("response", (response) => {
      resolve(response.statusCode);
      sent.destroy();
    });
    sent.on("error", reject);
    for (const part of parts) sent.write(part);
    if (headers["content-length"] === undefined) sent.end();
    else sent.flushHeaders();
  });
}
