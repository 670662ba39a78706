import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Contract, type Exchange } from "./contract.ts";
import { operations, webhooks } from "./contract-scope.ts";

const file = new URL("../schema/github-openapi.json", import.meta.url);

const permission: Exchange = {
  operation: "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
  query: new URLSearchParams(),
  requestBody: undefined,
  status: 200,
  answerBody: { permission: "read", role_name: "triage", user: null },
};

const review: Exchange = {
  operation: "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  query: new URLSearchParams(),
  requestBody: { event: "COMMENT", body: "A review.", comments: [{ path: "a.py", body: "Look.", line: 1 }] },
  status: 422,
  answerBody: { message: "Unprocessable Entity", documentation_url: "https://docs.github.com", errors: ["Line"] },
};

function violationsOf(exchange: Exchange): readonly string[] {
  const contract = new Contract();
  contract.check(exchange);
  return contract.violations;
}

test("the description is cut to what is in use, names its source, and has less than 200 kB", () => {
  const text = readFileSync(file, "utf8");
  const description = JSON.parse(text);
  expect(text.length).toBeLessThan(200_000);
  expect(description.source).toEqual({
    package: "@octokit/openapi",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect([Object.keys(description.operations), Object.keys(description.webhooks)]).toEqual([operations, webhooks]);
});

test("what keeps to the description is no violation; what it says can be null may be", () => {
  expect(violationsOf(permission)).toEqual([]);
  expect(violationsOf(review)).toEqual([]);
});

test.each<[string, Exchange]>([
  ["an answer without a required property", { ...permission, answerBody: { permission: "read", user: null } }],
  ["an answer of the wrong type", { ...permission, answerBody: { permission: 1, role_name: "triage", user: null } }],
  ["null where nothing says so", { ...permission, answerBody: { permission: null, role_name: "triage", user: null } }],
  ["a success that is not described", { ...permission, status: 202 }],
  ["an unknown query parameter", { ...permission, query: new URLSearchParams("per_page=100") }],
  ["an unknown operation", { ...permission, operation: "GET /repos/{owner}/{repo}/labels" }],
  ["an unknown property of a request", { ...review, requestBody: { event: "COMMENT", draft: true } }],
  [
    "an unknown property deep in a request",
    { ...review, requestBody: { comments: [{ path: "a", body: "b", lines: 1 }] } },
  ],
  ["a value that is not in the list", { ...review, requestBody: { event: "BLOCK" } }],
  ["an error of another shape than described", { ...review, answerBody: { errors: [{ field: "line" }] } }],
])("%s is a violation", (_, exchange) => {
  expect(violationsOf(exchange)).toHaveLength(1);
});

test("a webhook is checked as well", () => {
  const contract = new Contract();
  contract.checkWebhook("pull-request-opened", { action: "opened", number: 1 });
  expect(contract.violations).toEqual([expect.stringContaining("must have required property 'pull_request'")]);
});

test("only what succeeded counts as exercised", () => {
  const contract = new Contract();
  contract.check(permission);
  contract.check(review);
  const left = contract.unexercised();
  expect(left).toHaveLength(operations.length - 1);
  expect(left).toContain(review.operation);
});
