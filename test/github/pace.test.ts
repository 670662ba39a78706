import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClientOptions, createClients } from "../../src/github/clients.ts";
import { createLimiters, DEFAULT_PACE } from "../../src/github/limiters.ts";
import { createOrganizationConfig } from "../../src/github/organization-config.ts";
import { RequestLedger } from "../../src/github/request-ledger.ts";
import type { TakeSlot } from "../../src/github/share-pace.ts";
import { createLog } from "../../src/log.ts";
import { ManualClock } from "../service/manual-clock.ts";
import { expectContract } from "./stand-in/expect-contract.ts";
import { type StandIn, startStandIn } from "./stand-in/stand-in.ts";

const NEVER_MS = 3_600_000;
const clock = new ManualClock();
const log = createLog("fatal");

let github: StandIn;
beforeAll(async () => {
  github = await startStandIn();
});
afterAll(async () => {
  await github.close();
  expectContract(github);
});

function clientsAt(betweenWritesMs: number, more: Pick<Partial<ClientOptions>, "takeSlot" | "clock"> = {}) {
  return createClients({
    credentials: { appId: github.app.id, privateKey: github.app.privateKey },
    apiUrl: github.url,
    limiters: createLimiters({ ...DEFAULT_PACE, betweenWritesMs }),
    ledger: new RequestLedger(clock),
    clock,
    log,
    ...more,
  });
}

test("queries of GraphQL do not wait for the pace of writes", async () => {
  const repository = await github.createRepository({ owner: "acme", name: "shop", files: { "a.py": "a = 1\n" } });
  const installationId = github.world.installationOf(repository).id;
  const ref = { installationId, repositoryId: repository.id, owner: "acme", repo: "shop" };
  const { query } = await clientsAt(NEVER_MS).forRepository(ref);
  const ask = () => query<object>('{ repository(owner: "acme", name: "shop") { nameWithOwner } }');
  await ask();
  expect(await ask()).toEqual({ repository: { nameWithOwner: "acme/shop" } });
});

test("a write waits for the moment that is its own among those of all processes, a read does not", async () => {
  const repository = await github.createRepository({ owner: "acme", name: "paced", files: { "a.py": "a = 1\n" } });
  await repository.commit("feature", { "a.py": "a = 2\n" });
  const pull = await github.openPullRequest(repository, { head: "feature" });
  const installationId = github.world.installationOf(repository).id;
  const ref = { installationId, repositoryId: repository.id, owner: "acme", repo: "paced" };
  const taken: string[] = [];
  const takeSlot: TakeSlot = async (installation, kind) => {
    taken.push(`${installation} ${kind}`);
    return kind === "notification" ? 5_000 : 0;
  };
  const waiting = new ManualClock(undefined, true);
  const { octokit } = await clientsAt(0, { takeSlot, clock: waiting }).forRepository(ref);
  const place = { owner: "acme", repo: "paced" };
  await octokit.rest.pulls.get({ ...place, pull_number: pull.number });
  await octokit.rest.checks.create({ ...place, name: "Safepath", head_sha: pull.headSha });
  await octokit.rest.issues.createComment({ ...place, issue_number: pull.number, body: "Seen." });
  expect(taken).toEqual([`${installationId} write`, `${installationId} write`, `${installationId} notification`]);
  expect(waiting.slept).toEqual([5_000]);
});

test("the token of one installation does not wait for that of another", async () => {
  const limiter = createLimiters(DEFAULT_PACE).auth.key("app");
  const { promise: other, resolve } = Promise.withResolvers<void>();
  const first = limiter.run(() => other);
  await limiter.run(async () => resolve());
  await expect(first).resolves.toBeUndefined();
});

test("reviews that begin together read the organization's configuration once", async () => {
  let asked = 0;
  const clients = {
    forReading: async () => {
      asked += 1;
      return undefined;
    },
  };
  const read = createOrganizationConfig({ clients, clock, log });
  const ref = { installationId: 1, repositoryId: 2, owner: "acme", repo: "shop" };
  expect(await Promise.all([read(ref), read(ref), read(ref)])).toHaveLength(3);
  expect(asked).toBe(1);
});
