import { expect, test } from "vitest";
import { createOsvClient } from "../../src/packages/osv-client.ts";
import { keptInMemory } from "./kept-in-memory.ts";
import { record, startOsvServer } from "./osv-server.ts";

const RECORDS = [
  record("GHSA-aaaa", "idna", [{ introduced: "0" }, { fixed: "3.7" }]),
  record("GHSA-bbbb", "idna", [{ introduced: "0" }, { fixed: "3.5" }]),
  record("GHSA-cccc", "jinja2", [{ introduced: "0" }, { fixed: "3.1.5" }]),
];

function clock() {
  const time = { ms: 0 };
  return { time, now: () => new Date(time.ms) };
}

test("one batch for all releases, page by page where a list goes on, and each record once", async () => {
  const server = await startOsvServer(RECORDS);
  const client = createOsvClient({ url: server.url, clock: clock() });
  const { known, unchecked } = await client.lookUp([
    { name: "idna", version: "3.4" },
    { name: "jinja2", version: "3.1.2" },
    { name: "flask", version: "3.1.1" },
    { name: "idna", version: "3.4" },
  ]);
  expect(known.map(({ name, flaws, fixedIn }) => [name, flaws.length, fixedIn])).toEqual([
    ["idna", 2, "3.7"],
    ["jinja2", 1, "3.1.5"],
  ]);
  expect(unchecked).toEqual([]);
  expect(server.requests.toSorted()).toEqual([
    "GET /v1/vulns/GHSA-aaaa",
    "GET /v1/vulns/GHSA-bbbb",
    "GET /v1/vulns/GHSA-cccc",
    "POST /v1/querybatch 1",
    "POST /v1/querybatch 3",
  ]);
});

test("what was answered is asked for again when an hour has passed, and records later", async () => {
  const server = await startOsvServer(RECORDS);
  const at = clock();
  const client = createOsvClient({ url: server.url, clock: at });
  const release = { name: "jinja2", version: "3.1.2" };
  await client.lookUp([release]);
  await client.lookUp([release]);
  expect(server.requests).toHaveLength(2);
  at.time.ms += 61 * 60_000;
  expect((await client.lookUp([release])).known).toHaveLength(1);
  expect(server.requests.slice(2)).toEqual(["POST /v1/querybatch 1"]);
});

test("a server that does not answer is not waited for, and every release is unchecked", async () => {
  const server = await startOsvServer(RECORDS);
  server.silent = true;
  const client = createOsvClient({ url: server.url, clock: clock(), requestMs: 20 });
  const release = { name: "jinja2", version: "3.1.2" };
  expect(await client.lookUp([release])).toEqual({ known: [], unchecked: [release] });
  expect(await client.lookUp([release])).toEqual({ known: [], unchecked: [release] });
});

test("of a record that cannot be had the release is unchecked, and what is known of others is said", async () => {
  const server = await startOsvServer(RECORDS);
  server.broken = "GHSA-aaaa";
  const client = createOsvClient({ url: server.url, clock: clock() });
  const { known, unchecked } = await client.lookUp([
    { name: "idna", version: "3.4" },
    { name: "jinja2", version: "3.1.2" },
  ]);
  expect(known.map(({ name, flaws }) => [name, flaws.map(({ ids: [id] }) => id)])).toEqual([
    ["idna", ["GHSA-bbbb"]],
    ["jinja2", ["GHSA-cccc"]],
  ]);
  expect(unchecked).toEqual([{ name: "idna", version: "3.4" }]);
});

test("more than a thousand releases are several batches", async () => {
  const server = await startOsvServer([]);
  const client = createOsvClient({ url: server.url, clock: clock() });
  await client.lookUp(Array.from({ length: 2_100 }, (_, at) => ({ name: `p${at}`, version: "1" })));
  expect(server.requests.toSorted()).toEqual([
    "POST /v1/querybatch 100",
    "POST /v1/querybatch 1000",
    "POST /v1/querybatch 1000",
  ]);
});

test("what one process was answered another one knows, until it is too old", async () => {
  const server = await startOsvServer(RECORDS);
  const at = clock();
  const store = keptInMemory();
  const release = { name: "jinja2", version: "3.1.2" };
  await createOsvClient({ url: server.url, clock: at, store }).lookUp([release]);
  const later = createOsvClient({ url: server.url, clock: at, store });
  expect((await later.lookUp([release, { name: "idna", version: "3.4" }])).known).toHaveLength(2);
  expect(server.requests).toEqual([
    "POST /v1/querybatch 1",
    "GET /v1/vulns/GHSA-cccc",
    "POST /v1/querybatch 1",
    "POST /v1/querybatch 1",
    "GET /v1/vulns/GHSA-aaaa",
    "GET /v1/vulns/GHSA-bbbb",
  ]);
  at.time.ms += 59 * 60_000;
  expect((await createOsvClient({ url: server.url, clock: at, store }).lookUp([release])).known).toHaveLength(1);
  expect(server.requests).toHaveLength(6);
  at.time.ms += 2 * 60_000;
  await createOsvClient({ url: server.url, clock: at, store }).lookUp([release]);
  expect(server.requests.slice(6)).toEqual(["POST /v1/querybatch 1"]);
});

test("what another version wrote down in another shape is asked for again", async () => {
  const server = await startOsvServer(RECORDS);
  const store = keptInMemory();
  await store.keep([{ key: "osv-ids:jinja2==3.1.2", text: '{"of":"old"}', until: new Date(1e12) }]);
  const { known } = await createOsvClient({ url: server.url, clock: clock(), store }).lookUp([
    { name: "jinja2", version: "3.1.2" },
  ]);
  expect(known).toHaveLength(1);
});
