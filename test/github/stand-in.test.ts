import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterEach, expect, test } from "vitest";
import { clientFor } from "./stand-in/client.ts";
import { operations } from "./stand-in/contract-scope.ts";
import { expectContract } from "./stand-in/expect-contract.ts";
import { type StandIn, startStandIn } from "./stand-in/stand-in.ts";

let github: StandIn;

afterEach(() => github.close());

async function openChange() {
  github = await startStandIn();
  const repository = await github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "a = 1\n" } });
  await repository.commit("feature", { "a.py": "a = 2\n" });
  const pull = await github.openPullRequest(repository, { head: "feature" });
  return { repository, pull, ...clientFor(github, repository) };
}

test("every operation that the description is cut to is answered as GitHub describes it", async () => {
  const { repository, pull, octokit, at } = await openChange();
  const pull_number = pull.number;
  const ref = pull.headSha;
  const body = "Look.";

  await octokit.repos.get(at);
  await octokit.repos.getCollaboratorPermissionLevel({ ...at, username: "acme" });
  const { data: files } = await octokit.pulls.listFiles({ ...at, pull_number });
  await octokit.repos.getBranch({ ...at, branch: "main" });
  await octokit.repos.getBranchRules({ ...at, branch: "main" });
  await octokit.repos.getContent({ ...at, path: "a.py" });
  await octokit.git.getBlob({ ...at, file_sha: files[0]?.sha ?? "" });
  await octokit.git.getTree({ ...at, tree_sha: ref, recursive: "1" });
  await octokit.repos.compareCommitsWithBasehead({ ...at, basehead: `main...${ref}` });
  await octokit.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: ref });
  await octokit.pulls.list(at);
  await octokit.pulls.get({ ...at, pull_number });

  const { data: run } = await octokit.checks.create({ ...at, name: "Safepath", head_sha: ref });
  await octokit.checks.update({ ...at, check_run_id: run.id, conclusion: "success" });
  await octokit.checks.get({ ...at, check_run_id: run.id });
  await octokit.checks.listAnnotations({ ...at, check_run_id: run.id });
  await octokit.checks.listForRef({ ...at, ref });

  await octokit.pulls.createReview({ ...at, pull_number, event: "COMMENT", body });
  await octokit.pulls.listReviews({ ...at, pull_number });
  const place = { commit_id: ref, path: "a.py", line: 1 };
  const { data: comment } = await octokit.pulls.createReviewComment({ ...at, pull_number, body, ...place });
  const comment_id = comment.id;
  await octokit.pulls.createReplyForReviewComment({ ...at, pull_number, comment_id, body });
  await octokit.pulls.listReviewComments({ ...at, pull_number });
  await octokit.pulls.getReviewComment({ ...at, comment_id });
  await octokit.pulls.updateReviewComment({ ...at, comment_id, body });
  await octokit.reactions.createForPullRequestReviewComment({ ...at, comment_id, content: "eyes" });
  await octokit.pulls.deleteReviewComment({ ...at, comment_id });
  const { data: said } = await octokit.issues.createComment({ ...at, issue_number: pull_number, body });
  await octokit.issues.listComments({ ...at, issue_number: pull_number });
  await octokit.reactions.createForIssueComment({ ...at, comment_id: said.id, content: "+1" });

  const { id: appId, privateKey } = github.app;
  const app = new Octokit({ baseUrl: github.url, authStrategy: createAppAuth, auth: { appId, privateKey } });
  const { data: installation } = await app.apps.getRepoInstallation(at);
  await app.apps.getAuthenticated();
  await app.apps.getWebhookConfigForApp();
  await app.apps.listInstallations();
  await app.apps.getInstallation({ installation_id: installation.id });
  await github.announce(pull, { action: "opened" }, { to: "http://127.0.0.1:1/", secret: "" });
  const { data: deliveries } = await app.apps.listWebhookDeliveries();
  await app.apps.redeliverWebhookDelivery({ delivery_id: deliveries[0]?.id ?? 0 });
  await octokit.apps.listReposAccessibleToInstallation();
  await octokit.rateLimit.get();

  expect(repository.pulls.size).toBe(1);
  expectContract(github, operations);
});

test("what GitHub does not have, or the tests are not cut to, breaks the contract", async () => {
  const { octokit, at } = await openChange();
  await expect(octokit.issues.listLabelsForRepo(at)).rejects.toMatchObject({ status: 404 });
  await octokit.pulls.list({ ...at, per_pages: 100 });
  expect(github.contract.violations).toEqual([
    "GET /repos/acme/shop/labels is not in the description that the tests are cut to",
    "operations/GET /repos/{owner}/{repo}/pulls has no query parameter per_pages",
  ]);
});

test("a body that breaks GitHub's description is recorded", async () => {
  const { octokit, at, pull } = await openChange();
  const update = octokit.checks.create({
    ...at,
    name: "Safepath",
    head_sha: pull.headSha,
    output: { title: "No summary" } as never,
  });
  await expect(update).rejects.toMatchObject({ status: 422 });
  expect(github.contract.violations).toEqual([expect.stringContaining("must have required property 'summary'")]);
});

test("requests are counted without those for tokens, and what is waited for is seen", async () => {
  const { octokit, at, pull } = await openChange();
  const checked = github.untilChecked(pull);
  await octokit.checks.create({ ...at, name: "Safepath", head_sha: pull.headSha, conclusion: "neutral" });
  expect((await checked).conclusion).toBe("neutral");
  expect(github.countRequests()).toBe(1);
  expect(github.requests.map((each) => each.status)).toEqual([201, 201]);
  await expect(github.until(() => false, 1)).rejects.toThrow(/did not happen within 1 ms/);
});

test("equal histories have equal commits", async () => {
  const first = (await openChange()).pull.headSha;
  await github.close();
  expect((await openChange()).pull.headSha).toBe(first);
});
