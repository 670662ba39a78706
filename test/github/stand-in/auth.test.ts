import { generateKeyPairSync, sign } from "node:crypto";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientFor, clientWithToken } from "./client.ts";
import { expectContract } from "./expect-contract.ts";
import type { Repository } from "./repository.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";
import { defaultPermissions, type Permissions } from "./world.ts";

let github: StandIn;
let shop: Repository;
let store: Repository;

const now = Math.floor(Date.now() / 1000);

beforeAll(async () => {
  github = await startStandIn({ now: () => new Date(now * 1000) });
  shop = await github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "a = 1\n" } });
  store = await github.createRepository({ owner: "acme", name: "store" });
  await github.createRepository({ owner: "other", name: "shop" });
  await shop.commit("feature", { "a.py": "a = 2\n" });
  await github.openPullRequest(shop, { head: "feature" });
});

afterAll(async () => {
  await github.close();
  expectContract(github);
});

function webToken(claims: Record<string, unknown>, key = github.app.privateKey): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: now, exp: now + 600, iss: github.app.id, ...claims })}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
}

function narrowed(permissions: Permissions, repositories?: readonly Repository[]): Octokit {
  const installation = github.world.installationOf(shop);
  const token = github.tokens.issue(
    installation,
    permissions,
    repositories?.map((each) => each.id),
  );
  return clientWithToken(github, token.value);
}

test("the app is known by a web token of its key", async () => {
  const { data } = await clientWithToken(github, webToken({})).apps.getAuthenticated();
  expect(data).toMatchObject({ id: github.app.id, slug: "safepath" });
});

test.each<[string, Record<string, unknown>]>([
  ["has expired", { exp: now - 1 }],
  ["is valid for more than ten minutes", { exp: now + 601 }],
  ["was issued in the future", { iat: now + 120 }],
  ["has no time of issue", { iat: undefined }],
])("a web token that %s is 401", async (_, claims) => {
  const octokit = clientWithToken(github, webToken(claims));
  await expect(octokit.apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
});

test("a web token of another key is 401", async () => {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  const octokit = clientWithToken(github, webToken({}, privateKey));
  await expect(octokit.apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
});

test("an unknown token is 401, and none at all too", async () => {
  await expect(clientWithToken(github, "ghs_unknown").repos.get({ owner: "acme", repo: "shop" })).rejects.toMatchObject(
    {
      status: 401,
    },
  );
  expect((await fetch(`${github.url}/app`)).status).toBe(401);
});

test("an expired token is 401, and a new one is not", async () => {
  const octokit = narrowed(defaultPermissions);
  await octokit.repos.get({ owner: "acme", repo: "shop" });
  github.tokens.expireAll();
  await expect(octokit.repos.get({ owner: "acme", repo: "shop" })).rejects.toMatchObject({ status: 401 });
  await narrowed(defaultPermissions).repos.get({ owner: "acme", repo: "shop" });
});

test("what the permissions do not allow is 403", async () => {
  const octokit = narrowed({ contents: "read", pull_requests: "read" });
  const at = { owner: "acme", repo: "shop" };
  const review = octokit.pulls.createReview({ ...at, pull_number: 1, event: "COMMENT", body: "A review." });
  const check = octokit.checks.listForRef({ ...at, ref: "main" });
  await expect(review).rejects.toMatchObject({ status: 403 });
  await expect(check).rejects.toMatchObject({ status: 403 });
});

test("a repository that a token was not made for is 404", async () => {
  const octokit = narrowed(defaultPermissions, [shop]);
  await octokit.repos.get({ owner: "acme", repo: "shop" });
  await expect(octokit.repos.get({ owner: "acme", repo: "store" })).rejects.toMatchObject({ status: 404 });
  await expect(octokit.repos.get({ owner: "other", repo: "shop" })).rejects.toMatchObject({ status: 404 });
  const { data } = await octokit.apps.listReposAccessibleToInstallation();
  expect(data.repositories.map((each) => each.name)).toEqual(["shop"]);
});

test("a token is made for what is asked, and for no more than the installation has", async () => {
  const app = clientWithToken(github, webToken({}));
  const installation_id = github.world.installationOf(shop).id;
  const create = (fields: Record<string, unknown>) =>
    app.apps.createInstallationAccessToken({ installation_id, ...fields });
  const { data } = await create({ repository_ids: [store.id], permissions: { contents: "read" } });
  expect(data).toMatchObject({ permissions: { contents: "read", metadata: "read" }, repository_selection: "selected" });
  expect(data.repositories?.map((each) => each.name)).toEqual(["store"]);
  await expect(create({ permissions: { contents: "write" } })).rejects.toMatchObject({ status: 422 });
  await expect(create({ repository_ids: [1] })).rejects.toMatchObject({ status: 422 });
});

test("a suspended installation has no token", async () => {
  const installation = github.world.installations[1];
  if (installation === undefined) throw new Error("no second installation");
  const app = clientWithToken(github, webToken({}));
  installation.suspendedAt = new Date();
  const created = app.apps.createInstallationAccessToken({ installation_id: installation.id });
  await expect(created).rejects.toMatchObject({ status: 403 });
});

test("the installations of the app are listed, and found by repository", async () => {
  const app = clientWithToken(github, webToken({}));
  const { data } = await app.apps.listInstallations();
  expect(data.map((each) => (each.account !== null && "login" in each.account ? each.account.login : ""))).toEqual([
    "acme",
    "other",
  ]);
  const found = await app.apps.getRepoInstallation({ owner: "acme", repo: "shop" });
  const { data: same } = await app.apps.getInstallation({ installation_id: found.data.id });
  expect(same).toEqual(found.data);
});

test("the addresses of GitHub Enterprise Server answer as well", async () => {
  const { octokit, at } = clientFor(github, shop, `${github.url}/api/v3`);
  expect((await octokit.pulls.list(at)).data).toHaveLength(1);
  const answer = await octokit.graphql(`{ repository(owner: "acme", name: "shop") { nameWithOwner } }`);
  expect(answer).toEqual({ repository: { nameWithOwner: "acme/shop" } });
});

test("Octokit's own strategy works with the key of the app", async () => {
  const auth = { appId: github.app.id, privateKey: github.app.privateKey };
  const octokit = new Octokit({ baseUrl: github.url, authStrategy: createAppAuth, auth });
  expect((await octokit.apps.getAuthenticated()).data?.id).toBe(github.app.id);
});
