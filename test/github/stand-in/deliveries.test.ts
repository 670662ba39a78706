import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { verify } from "@octokit/webhooks-methods";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clientFor } from "./client.ts";
import { expectContract } from "./expect-contract.ts";
import type { PullRequest } from "./pull-state.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";
import { webhookExamples } from "./webhook-examples.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const secret = "a secret of deliveries";
let github: StandIn;
let pull: PullRequest;
let receiver: Server;
let answer = 202;
let received: Received[] = [];
let onReceived: () => void = () => undefined;

beforeAll(async () => {
  receiver = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    received.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(answer).end("taken");
    onReceived();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  github = await startStandIn();
  github.sendHooksTo({ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`, secret });
  const repository = await github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "a = 1\n" } });
  await repository.commit("release", {});
  await repository.commit("feature", { "a.py": "a = 2\n" });
  pull = await github.openPullRequest(repository, { head: "feature", labels: ["bug"] });
});

beforeEach(() => {
  received = [];
  answer = 202;
});

afterAll(async () => {
  receiver.close();
  await github.close();
  expectContract(github, ["GET /app/hook/deliveries", "POST /app/hook/deliveries/{delivery_id}/attempts"]);
});

function isSigned({ headers, body }: Received): Promise<boolean> {
  return verify(secret, body, String(headers["x-hub-signature-256"]));
}

test("every event of a pull request has the shape that GitHub describes", async () => {
  const before = await github.push(pull, { "a.py": "a = 3\n" });
  await github.announce(pull, { action: "opened" });
  await github.announce(pull, { action: "synchronize", before });
  await github.announce(pull, { action: "reopened" });
  await github.announce(pull, { action: "ready_for_review" });
  await github.announce(pull, await github.retarget(pull, "release"));
  await github.announce(pull, { action: "closed" });
  const payloads = received.map((each) => JSON.parse(each.body));
  expect(payloads.map((each) => each.action)).toEqual([
    "opened",
    "synchronize",
    "reopened",
    "ready_for_review",
    "edited",
    "closed",
  ]);
  expect(payloads[1]).toMatchObject({ before, after: pull.headSha });
  expect(payloads[4].changes.base.ref).toEqual({ from: "main" });
});

test("a rerun and a comment have the shape that GitHub describes", async () => {
  const { octokit, at } = clientFor(github, pull.repository);
  await octokit.checks.create({ ...at, name: "Safepath", head_sha: pull.headSha, conclusion: "success" });
  const run = github.checkRun(pull);
  const comments = [{ path: "a.py", line: 1, body: "Look." }];
  await octokit.pulls.createReview({ ...at, pull_number: 1, event: "COMMENT", body: "A review.", comments });
  const [comment] = pull.comments;
  if (run === undefined || comment === undefined) throw new Error("nothing to announce");
  await github.announceRerun(pull.repository, run);
  await github.announceComment(pull, await github.reply(pull, comment, "mona", "Why?"));
  expect(received.map(({ headers }) => headers["x-github-event"])).toEqual([
    "check_run",
    "pull_request_review_comment",
  ]);
});

test.each(["pull_request", "check_run", "installation", "merge_group"])(
  "whatever GitHub really sent of %s arrives as it is, with its headers and its signature",
  async (event) => {
    for (const payload of webhookExamples(event)) {
      const { id, status, text } = await github.deliver(event, payload);
      expect([status, text]).toEqual([202, "taken"]);
      const last = received.at(-1);
      if (last === undefined) throw new Error("nothing arrived");
      expect(JSON.parse(last.body)).toEqual(payload);
      expect(last.headers).toMatchObject({ "x-github-event": event, "x-github-delivery": id });
      expect(await isSigned(last)).toBe(true);
    }
  },
);

test("a delivery can be tampered with", async () => {
  await github.deliver("ping", {}, { tamper: "body" });
  await github.deliver("ping", {}, { tamper: "signature" });
  await github.deliver("ping", {}, { tamper: "no-signature" });
  const [body, signature, none] = received;
  if (body === undefined || signature === undefined) throw new Error("nothing arrived");
  expect([await isSigned(body), await isSigned(signature)]).toEqual([false, false]);
  expect(none?.headers).not.toHaveProperty("x-hub-signature-256");
});

test("a delivery that nobody took is remembered, and comes again with its id when it is asked for", async () => {
  const { id: appId, privateKey } = github.app;
  const octokit = new Octokit({ baseUrl: github.url, authStrategy: createAppAuth, auth: { appId, privateKey } });
  answer = 500;
  const { id } = await github.deliver("ping", { zen: "Calm." });
  answer = 202;
  const failed = await octokit.apps.listWebhookDeliveries({ per_page: 1, status: "failure" } as never);
  expect(failed.data).toMatchObject([{ guid: id, status_code: 500, redelivery: false, event: "ping" }]);
  const arrived = new Promise<void>((resolve) => {
    onReceived = resolve;
  });
  await octokit.apps.redeliverWebhookDelivery({ delivery_id: failed.data[0]?.id ?? 0 });
  await arrived;
  expect(received.map(({ headers, body }) => [headers["x-github-delivery"], body])).toEqual([
    [id, '{"zen":"Calm."}'],
    [id, '{"zen":"Calm."}'],
  ]);
});

test("a delivery to nobody is a timeout", async () => {
  const { status } = await github.deliver("ping", {}, { to: "http://127.0.0.1:1/" });
  expect(status).toBe(504);
});
