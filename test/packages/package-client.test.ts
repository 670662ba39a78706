import { expect, test } from "vitest";
import { createPackageClient } from "../../src/packages/package-client.ts";
import { keptInMemory } from "./kept-in-memory.ts";
import {
  dependenciesAnswer,
  type PackageServer,
  projectAnswer,
  pypiAnswer,
  relatedProject,
  startPackageServer,
  versionAnswer,
} from "./package-server.ts";

const UPLOADS = {
  "1.0": "2015-06-14T14:38:05.875222Z",
  "2.0": "2020-01-01T00:00:00Z",
  "4.0.0": "2026-11-06T22:37:09Z",
};

const SAMPLE = {
  "/pypi/sampleproject/json": pypiAnswer("sampleproject", UPLOADS, { yanked: ["2.0"] }),
  "/v3/systems/pypi/packages/sampleproject/versions/4.0.0": versionAnswer(
    "sampleproject",
    "4.0.0",
    ["MIT"],
    [
      relatedProject("github.com/pypa/sampleproject", "ISSUE_TRACKER"),
      relatedProject("github.com/other/claimed"),
      relatedProject("github.com/pypa/sampleproject", "SOURCE_REPO", "PYPI_PUBLISH_ATTESTATION"),
    ],
  ),
  "/v3/systems/pypi/packages/sampleproject/versions/4.0.0:dependencies": dependenciesAnswer("sampleproject", [
    "a",
    "b",
  ]),
  "/v3/projects/github.com%2Fpypa%2Fsampleproject": projectAnswer("github.com/pypa/sampleproject", 6.4, {
    "Security-Policy": [10, "security policy file detected"],
    Maintained: [10, "30 commit(s) and 2 issue activity found in the last 90 days"],
  }),
};

function client({ url }: PackageServer, time = { ms: 0 }, requestMs?: number) {
  const clock = { now: () => new Date(time.ms) };
  return createPackageClient({ pypiUrl: url, depsDevUrl: url, clock, ...(requestMs !== undefined && { requestMs }) });
}

test("a package is described by its newest release", async () => {
  const server = await startPackageServer(SAMPLE);
  expect(await client(server).describe([{ name: "sampleproject" }])).toEqual([
    {
      kind: "known",
      facts: {
        version: "4.0.0",
        firstRelease: UPLOADS["1.0"],
        lastRelease: UPLOADS["4.0.0"],
        owners: 2,
        isYanked: false,
        licence: "MIT",
        source: {
          address: "github.com/pypa/sampleproject",
          isAttested: true,
          score: 6.4,
          hasSecurityPolicy: true,
          isArchived: false,
        },
        brings: 2,
      },
    },
  ]);
  expect(server.requests).toHaveLength(4);
});

test("a release that is fixed is the one that is described", async () => {
  const server = await startPackageServer(SAMPLE);
  const [answer] = await client(server).describe([{ name: "sampleproject", version: "2.0" }]);
  expect(answer).toMatchObject({ kind: "known", facts: { version: "2.0", isYanked: true } });
  expect(server.requests).toContain("/v3/systems/pypi/packages/sampleproject/versions/2.0");
});

test("what deps.dev does not know PyPI's own words say", async () => {
  const info = {
    classifiers: [],
    license: "BSD",
    project_urls: { Homepage: "https://example.org", "Source Code": "https://git.example.org/x/y/" },
  };
  const server = await startPackageServer({
    "/pypi/own/json": pypiAnswer(
      "own",
      { "1.0": "2026-01-01T00:00:00Z" },
      { info, ownership: { roles: [], organization: "acme" } },
    ),
  });
  const [answer] = await client(server).describe([{ name: "own" }]);
  expect(answer).toEqual({
    kind: "known",
    facts: {
      version: "1.0",
      firstRelease: "2026-01-01T00:00:00Z",
      lastRelease: "2026-01-01T00:00:00Z",
      organization: "acme",
      isYanked: false,
      licence: "BSD",
      source: { address: "git.example.org/x/y", isAttested: false },
    },
  });
});

test.each([
  ["an expression", { license_expression: "MIT OR Apache-2.0" }, "MIT OR Apache-2.0"],
  ["classifiers", {}, "MIT License"],
  ["words", { classifiers: [], license: "MIT" }, "MIT"],
  ["a whole text", { classifiers: [], license: "Permission is hereby granted,\nfree of charge" }, undefined],
  ["nothing", { classifiers: ["License :: OSI Approved"], license: "UNKNOWN" }, undefined],
])("a licence is told by %s", async (_, info, licence) => {
  const answers = { "/pypi/x/json": pypiAnswer("x", { "1.0": "2026-01-01T00:00:00Z" }, { info, ownership: null }) };
  const [answer] = await client(await startPackageServer(answers)).describe([{ name: "x" }]);
  expect(answer?.kind === "known" && answer.facts.licence).toBe(licence);
});

test.each([
  [{ Source: "https://github.com/a/b.git" }, "github.com/a/b"],
  [{ Homepage: "https://www.github.com/a/b/tree/main?x#y" }, "github.com/a/b"],
  [{ Documentation: "https://github.com/a/b", Funding: "https://github.com/sponsors/a" }, undefined],
  [{ Homepage: "https://example.org/a/b" }, undefined],
  [{ "Source Code": "javascript:alert(1)" }, undefined],
  [{ Homepage: "https://gitlab.com/a/b", Repository: "https://github.com/c/d" }, "github.com/c/d"],
])("of the addresses %j the repository is %s", async (project_urls, address) => {
  const answers = { "/pypi/x/json": pypiAnswer("x", { "1.0": "2026-01-01T00:00:00Z" }, { info: { project_urls } }) };
  const [answer] = await client(await startPackageServer(answers)).describe([{ name: "x" }]);
  expect(answer?.kind === "known" && answer.facts.source?.address).toBe(address);
});

test("a package that PyPI does not have is absent", async () => {
  const server = await startPackageServer(SAMPLE);
  expect(await client(server).describe([{ name: "nothing" }])).toEqual([{ kind: "absent" }]);
});

test("a server that does not answer is not waited for", async () => {
  const server = await startPackageServer(SAMPLE);
  server.silent = "/pypi/";
  expect(await client(server, { ms: 0 }, 20).describe([{ name: "slow" }])).toEqual([{ kind: "unanswered" }]);
});

test("an answer of another shape is none", async () => {
  const server = await startPackageServer({ "/pypi/x/json": { info: "x" } });
  expect(await client(server).describe([{ name: "x" }])).toEqual([{ kind: "unanswered" }]);
});

test("what one process was answered another one knows", async () => {
  const server = await startPackageServer(SAMPLE);
  const store = keptInMemory();
  const parts = { pypiUrl: server.url, depsDevUrl: server.url, clock: { now: () => new Date(0) }, store };
  const first = await createPackageClient(parts).describe([{ name: "sampleproject" }]);
  expect(await createPackageClient(parts).describe([{ name: "sampleproject" }])).toEqual(first);
  expect(server.requests).toHaveLength(4);
});

test("what is known is kept for a day, and what has gaps is not kept", async () => {
  const server = await startPackageServer(SAMPLE);
  const time = { ms: 0 };
  const registry = client(server, time);
  server.broken = "/v3/projects";
  const [partly] = await registry.describe([{ name: "sampleproject" }]);
  expect(partly).toMatchObject({ kind: "known", facts: { source: { address: "github.com/pypa/sampleproject" } } });
  server.broken = undefined;
  const [whole] = await registry.describe([{ name: "sampleproject" }]);
  expect(whole).toMatchObject({ kind: "known", facts: { source: { score: 6.4 } } });
  expect(server.requests).toHaveLength(8);
  await registry.describe([{ name: "sampleproject" }]);
  expect(server.requests).toHaveLength(8);
  time.ms += 25 * 60 * 60_000;
  await registry.describe([{ name: "sampleproject" }]);
  expect(server.requests).toHaveLength(12);
});
