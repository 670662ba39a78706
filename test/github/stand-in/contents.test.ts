import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, clientFor } from "./client.ts";
import { expectContract } from "./expect-contract.ts";
import { longestBlobTextBytes } from "./graphql-blob.ts";
import type { Repository } from "./repository.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

let github: StandIn;
let repository: Repository;
let client: Client;

const latin1 = Buffer.from("name = 'J\xf6rg'\n", "latin1");
const longText = `${"é".repeat(longestBlobTextBytes / 2 - 1)}x€ and more\n`;

beforeAll(async () => {
  github = await startStandIn();
  const files = {
    "a b/ü.py": "a = 1\n",
    "binary.dat": new Uint8Array([104, 0, 105]),
    "latin1.py": latin1,
    "long.py": longText,
    "large.py": "x".repeat(1_000_001),
    "commit missing": "a name that looks like an answer\n",
  };
  repository = await github.createRepository({ owner: "acme", name: "shop", files });
  client = clientFor(github, repository);
});

afterAll(async () => {
  await github.close();
  expectContract(github);
});

interface BlobAnswer {
  readonly text: string | null;
  readonly isBinary: boolean;
  readonly isTruncated: boolean;
  readonly byteSize: number;
  readonly oid: string;
}

/** Many files in one query, as the app asks for them. */
async function blobs(expressions: readonly string[]): Promise<(BlobAnswer | null)[]> {
  const variables = Object.fromEntries(expressions.map((expression, index) => [`e${index}`, expression]));
  const declared = expressions.map((_, index) => `$e${index}: String!`).join(", ");
  const fields = expressions.map((_, index) => `f${index}: object(expression: $e${index}) { ...file }`).join(" ");
  const query = `query($owner: String!, $name: String!, ${declared}) {
    repository(owner: $owner, name: $name) { ${fields} }
  }
  fragment file on Blob { text isBinary isTruncated byteSize oid }`;
  const answer = await client.octokit.graphql<{ repository: Record<string, BlobAnswer | null> }>(query, {
    owner: "acme",
    name: "shop",
    ...variables,
  });
  return Object.values(answer.repository);
}

test("GraphQL gives many files of one query in their order, and null for what is not there", async () => {
  const found = await blobs(["main:a b/ü.py", "main:none.py", "main:commit missing"]);
  expect(found.map((blob) => blob?.text)).toEqual(["a = 1\n", undefined, "a name that looks like an answer\n"]);
});

test("GraphQL gives no text for a binary file, nor for one that is not UTF-8", async () => {
  const found = await blobs(["main:binary.dat", "main:latin1.py"]);
  expect(found).toMatchObject([
    { text: null, isBinary: true, byteSize: 3 },
    { text: null, isBinary: false, byteSize: latin1.length },
  ]);
});

test("GraphQL cuts a text at 512,000 bytes, never within a character", async () => {
  const [blob] = await blobs(["main:long.py"]);
  expect(blob).toMatchObject({ isTruncated: true, byteSize: Buffer.byteLength(longText) });
  expect(longText.startsWith(blob?.text ?? "?")).toBe(true);
  expect(Buffer.byteLength(blob?.text ?? "")).toBe(longestBlobTextBytes - 1);
});

test("GraphQL finds a file by its blob, too", async () => {
  const [byPath] = await blobs(["main:a b/ü.py"]);
  const query = `query($oid: GitObjectID!) {
    repository(owner: "acme", name: "shop") { object(oid: $oid) { ... on Blob { text } } }
  }`;
  const answer = await client.octokit.graphql(query, { oid: byPath?.oid });
  expect(answer).toEqual({ repository: { object: { text: "a = 1\n" } } });
});

test("a query for what GitHub's schema does not have is refused, and breaks the contract", async () => {
  const own = await startStandIn();
  const other = await own.createRepository({ owner: "acme", name: "shop" });
  const query = `{ repository(owner: "acme", name: "shop") { contents } }`;
  await expect(clientFor(own, other).octokit.graphql(query)).rejects.toThrow(/Cannot query field "contents"/);
  await own.close();
  expect(own.contract.violations).toEqual([expect.stringContaining("Cannot query field")]);
});

test("a repository that the token does not reach is not found by GraphQL", async () => {
  const query = `{ repository(owner: "acme", name: "other") { id } }`;
  await expect(client.octokit.graphql(query)).rejects.toMatchObject({ errors: [{ type: "NOT_FOUND" }] });
});

test("contents come as base64 up to 1 MB, above it only raw", async () => {
  const { octokit, at } = client;
  const small = await octokit.repos.getContent({ ...at, path: "a b/ü.py" });
  expect(small.data).toMatchObject({ encoding: "base64", content: Buffer.from("a = 1\n").toString("base64") });
  const large = await octokit.repos.getContent({ ...at, path: "large.py", ref: "main" });
  expect(large.data).toMatchObject({ encoding: "none", content: "", size: 1_000_001 });
  const raw = await octokit.repos.getContent({ ...at, path: "large.py", mediaType: { format: "raw" } });
  expect(raw.data).toHaveLength(1_000_001);
});

test("contents that are not there are 404", async () => {
  const { octokit, at } = client;
  await expect(octokit.repos.getContent({ ...at, path: "none.py" })).rejects.toMatchObject({ status: 404 });
  await expect(octokit.repos.getContent({ ...at, path: "large.py", ref: "none" })).rejects.toMatchObject({
    status: 404,
  });
});

/** Read without Octokit, which takes the charset of the answer at its word and decodes it. */
test("a blob comes byte for byte, as base64 or raw", async () => {
  const { octokit, at } = client;
  const [blob] = await blobs(["main:latin1.py"]);
  const file_sha = blob?.oid ?? "";
  const { data } = await octokit.git.getBlob({ ...at, file_sha });
  expect(Buffer.from(data.content, "base64")).toEqual(latin1);
  const installation = github.world.installationOf(repository);
  const { value } = github.tokens.issue(installation, installation.permissions);
  const raw = await fetch(`${github.url}/repos/acme/shop/git/blobs/${file_sha}`, {
    headers: { accept: "application/vnd.github.raw+json", authorization: `Bearer ${value}` },
  });
  expect(Buffer.from(await raw.arrayBuffer())).toEqual(latin1);
});

test("what a person may do is said in three words, the role beside it", async () => {
  const { octokit, at } = client;
  repository.roles.set("mona", "maintain");
  const role = async (username: string) =>
    (await octokit.repos.getCollaboratorPermissionLevel({ ...at, username })).data;
  expect(await role("mona")).toMatchObject({ permission: "write", role_name: "maintain" });
  expect(await role("stranger")).toMatchObject({ permission: "none" });
});
