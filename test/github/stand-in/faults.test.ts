import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Client, clientFor } from "./client.ts";
import { expectContract } from "./expect-contract.ts";
import type { PullRequest } from "./pull-state.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

let github: StandIn;
let client: Client;
let pull: PullRequest;

const getPull = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
const postReview = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";

beforeAll(async () => {
  github = await startStandIn();
  const repository = await github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "a = 1\n" } });
  await repository.commit("feature", { "a.py": "a = 2\n" });
  client = clientFor(github, repository);
});

beforeEach(async () => {
  pull = await github.openPullRequest(github.world.repository("acme", "shop"), { head: "feature" });
});

afterAll(async () => {
  await github.close();
  expectContract(github);
});

function get() {
  return client.octokit.pulls.get({ ...client.at, pull_number: pull.number });
}

function review() {
  return client.octokit.pulls.createReview({
    ...client.at,
    pull_number: pull.number,
    event: "COMMENT",
    body: "A review.",
  });
}

test("a fault meets as many requests as it is told, and only those that match", async () => {
  const fault = github.faults.inject({ match: getPull, kind: "502-html", times: 2 });
  await client.octokit.pulls.list(client.at);
  await expect(get()).rejects.toMatchObject({ status: 502 });
  await expect(get()).rejects.toMatchObject({ status: 502 });
  await get();
  expect(fault.met).toBe(2);
});

test("a fault can let requests pass first, match by any test of the request, and be removed", async () => {
  const match = ({ query }: { query: URLSearchParams }) => query.get("state") === "closed";
  const fault = github.faults.inject({ match, kind: "502-html", after: 1, times: 9 });
  const list = (state: "open" | "closed") => client.octokit.pulls.list({ ...client.at, state });
  await list("closed");
  await list("open");
  await expect(list("closed")).rejects.toMatchObject({ status: 502 });
  fault.remove();
  await list("closed");
});

test("a bad gateway answers a page of HTML and does nothing", async () => {
  github.faults.inject({ match: postReview, kind: "502-html" });
  await expect(review()).rejects.toMatchObject({ status: 502, response: { data: expect.stringContaining("<html>") } });
  expect(pull.reviews).toEqual([]);
});

test("what was saved is there, although the answer was 502 or none", async () => {
  github.faults.inject({ match: postReview, kind: "502-saved" });
  await expect(review()).rejects.toMatchObject({ status: 502 });
  github.faults.inject({ match: postReview, kind: "drop-saved" });
  await expect(review()).rejects.toMatchObject({ name: "HttpError", status: 500 });
  expect(pull.reviews).toHaveLength(2);
});

test("a connection that breaks before is a network error, and nothing is saved", async () => {
  github.faults.inject({ match: postReview, kind: "drop" });
  await expect(review()).rejects.toMatchObject({ name: "HttpError", status: 500 });
  expect(pull.reviews).toEqual([]);
  expect(github.requests.at(-1)).toMatchObject({ operation: postReview, status: undefined, fault: "drop" });
});

test("a secondary limit says when to come again, or does not", async () => {
  github.faults.inject({ match: postReview, kind: "secondary-limit", retryAfter: 60 });
  github.faults.inject({ match: postReview, kind: "secondary-limit", status: 429 });
  await expect(review()).rejects.toMatchObject({ status: 403, response: { headers: { "retry-after": "60" } } });
  const second = review();
  await expect(second).rejects.toMatchObject({ status: 429 });
  await expect(second).rejects.not.toHaveProperty("response.headers.retry-after");
});

test("a primary limit says that nothing is left, and until when", async () => {
  github.faults.inject({ match: getPull, kind: "primary-limit", resetAt: 2_000_000_000 });
  await expect(get()).rejects.toMatchObject({
    status: 403,
    response: { headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2000000000" } },
  });
});

test("what is held is answered when it is let", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const held = github.faults.inject({ match: getPull, kind: "hold", until: promise });
  const order: string[] = [];
  const answer = get().then(({ data }) => order.push(`answered ${data.number}`));
  await vi.waitUntil(() => held.met === 1);
  order.push("let");
  resolve();
  await answer;
  expect(order).toEqual(["let", `answered ${pull.number}`]);
});

test("a delay changes nothing but the time", async () => {
  github.faults.inject({ match: getPull, kind: "delay", milliseconds: 1 });
  expect((await get()).data.number).toBe(pull.number);
});

test("GraphQL says with 200 that something went wrong", async () => {
  github.faults.inject({ match: "POST /graphql", kind: "graphql-error", type: "RATE_LIMITED" });
  const query = client.octokit.graphql("{ rateLimit { remaining } }");
  await expect(query).rejects.toMatchObject({ errors: [{ type: "RATE_LIMITED" }] });
});

test("any status can be answered", async () => {
  github.faults.inject({ match: getPull, kind: "status", status: 410, body: { message: "Gone" } });
  await expect(get()).rejects.toMatchObject({ status: 410, response: { data: { message: "Gone" } } });
});

test("every answer says what is left of the budget, and none is given once it is used up", async () => {
  const own = await startStandIn();
  const repository = await own.createRepository({ owner: "acme", name: "shop" });
  const { octokit, at } = clientFor(own, repository);
  own.rateLimit.limit = 2;
  const left = async () => (await octokit.pulls.list(at)).headers["x-ratelimit-remaining"];
  expect([await left(), await left()]).toEqual(["1", "0"]);
  await expect(left()).rejects.toMatchObject({ status: 403, response: { headers: { "x-ratelimit-remaining": "0" } } });
  await own.close();
});

test("what did not change is 304 and costs nothing of the budget", async () => {
  const first = await get();
  const again = client.octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
    ...client.at,
    pull_number: pull.number,
    headers: { "if-none-match": first.headers.etag },
  });
  await expect(again).rejects.toMatchObject({
    status: 304,
    response: { headers: { "x-ratelimit-used": first.headers["x-ratelimit-used"] } },
  });
});
