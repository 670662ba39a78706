import { describe, expect, test } from "vitest";
import type { Answer, PlannedFinding } from "../../src/review/review-plan.ts";
import type { ReviewRecord } from "../../src/service/store.ts";
import { createStore, type OpenStore } from "../../src/store/create-store.ts";
import type { QueryBuilder } from "../../src/store/query-builder.ts";
import { ManualClock, never } from "../service/manual-clock.ts";

const DAY = 24 * 60 * 60 * 1_000;
const MINUTE = 60_000;

/** What any store must do, whatever database it is in; `open` gives an empty one. */
export function describeStore(name: string, open: () => Promise<QueryBuilder>): void {
  const world = async () => {
    const queries = await open();
    const clock = new ManualClock();
    const start = (): OpenStore =>
      createStore(queries, {
        clock,
        every: never,
        retentionDays: 90,
        onTrouble: (error) => {
          throw error;
        },
      });
    return { queries, clock, start, store: start() };
  };

  describe(`the store ${name}`, () => {
    test("gives a duty to one process, and to another when that one asks no more", async () => {
      const { clock, start } = await world();
      const [one, other] = [start(), start()];
      expect(await one.claim("sweep", MINUTE)).toBe(true);
      expect(await other.claim("sweep", MINUTE)).toBe(false);
      expect(await other.claim("another duty", MINUTE)).toBe(true);
      await clock.pass(30_000);
      expect(await one.claim("sweep", MINUTE)).toBe(true);
      await clock.pass(30_000);
      expect(await other.claim("sweep", MINUTE)).toBe(false);
      await clock.pass(30_000);
      expect(await other.claim("sweep", MINUTE)).toBe(true);
      expect(await one.claim("sweep", MINUTE)).toBe(false);
    });

    test("gives a duty on that a process has by a clock that was hours ahead", async () => {
      const { clock, start } = await world();
      const [one, other] = [start(), start()];
      expect(await one.claim("sweep", MINUTE)).toBe(true);
      clock.setBack(2 * 60 * MINUTE);
      expect(await other.claim("sweep", MINUTE)).toBe(true);
      expect(await one.claim("sweep", MINUTE)).toBe(false);
    });

    test("remembers where the App arrived until it was looked through or the App has left", async () => {
      const { store, clock } = await world();
      const repositories = [1, 2].map((repositoryId) => ({
        installationId: 8,
        repositoryId,
        owner: "acme",
        repo: `shop-${repositoryId}`,
      }));
      await store.arrived({ installationId: 7 });
      await clock.pass(1);
      await store.arrived({ installationId: 8, repositories });
      const [first, second] = await store.arrivals();
      expect([first, second]).toMatchObject([{ installationId: 7 }, { installationId: 8, repositories }]);
      await store.gone(8, [1]);
      expect((await store.arrivals())[1]?.repositories).toEqual(repositories.slice(1));
      await store.lookedThrough(first?.id ?? "");
      await store.gone(8);
      expect(await store.arrivals()).toEqual([]);
    });

    test("knows which deliveries have arrived, and forgets them after four days", async () => {
      const { store, clock } = await world();
      for (const id of ["a", "a", "b"]) store.received({ id, event: "pull-request", outcome: "queued" });
      expect(await store.knownDeliveries(["a", "b", "c"])).toEqual(new Set(["a", "b"]));
      await clock.pass(4 * DAY + 1);
      await store.forget();
      expect(await store.knownDeliveries(["a", "b", "c"])).toEqual(new Set());
    });

    test("writes the deliveries that wait when it closes", async () => {
      const { store, start } = await world();
      store.received({ id: "a", event: "other", outcome: "ignored" });
      await store.close();
      expect(await start().knownDeliveries(["a"])).toEqual(new Set(["a"]));
    });

    test("follows a finding from its first head to the one where it is gone", async () => {
      const { store, queries, clock } = await world();
      await store.reviewed(record("1", "a".repeat(40), [finding("f1"), finding("f2")]));
      await clock.pass(MINUTE);
      await store.reviewed(record("2", "b".repeat(40), [finding("f2"), finding("f3")]));
      const rows = await queries.selectFrom("finding").selectAll().orderBy("fingerprint").execute();
      const now = clock.now().getTime();
      expect(rows).toMatchObject([
        { fingerprint: "f1", gone_at: now, last_seen_at: now - MINUTE },
        { fingerprint: "f2", gone_at: null, first_seen_at: now - MINUTE, last_seen_at: now, rule: "yaml-load" },
        { fingerprint: "f3", gone_at: null, first_seen_at: now },
      ]);
      await store.reviewed(record("3", "c".repeat(40), [finding("f1")]));
      const [back] = await queries.selectFrom("finding").selectAll().where("fingerprint", "=", "f1").execute();
      expect(back).toMatchObject({ gone_at: null, first_seen_at: now - MINUTE });
    });

    test("takes a review that is recorded twice for one, however many findings it has", async () => {
      const { store, queries } = await world();
      const many = Array.from({ length: 1_200 }, (_, at) => finding(`f${at}`));
      for (let time = 0; time < 2; time += 1) await store.reviewed(record("1", "a".repeat(40), many));
      expect(await queries.selectFrom("review").selectAll().execute()).toMatchObject([
        { delivery: "1", repository: 2, number: 3, findings: 1_200, conclusion: "failure" },
      ]);
      expect(await queries.selectFrom("finding").select("fingerprint").execute()).toHaveLength(1_200);
    });

    test("keeps who answered what, without the words, until the answer is taken back", async () => {
      const { store, queries } = await world();
      const answer: Answer = {
        verb: "accept",
        reason: "SECRET WORDS",
        by: "mona",
        on: "2026-03-01",
        until: "2026-04-01",
      };
      await store.reviewed({ ...record("1", "a".repeat(40), []), answers: new Map([["f1", answer]]) });
      const rows = await queries.selectFrom("triage").selectAll().execute();
      expect(rows).toMatchObject([{ fingerprint: "f1", verb: "accept", given_by: "mona", until: "2026-04-01" }]);
      expect(JSON.stringify(rows)).not.toContain("SECRET");
      await store.reviewed(record("2", "a".repeat(40), []));
      expect(await queries.selectFrom("triage").selectAll().execute()).toEqual([]);
    });

    test("keeps answers for every process until their time, however many they are", async () => {
      const { queries, clock, start, store } = await world();
      const until = new Date(clock.now().getTime() + MINUTE);
      const many = Array.from({ length: 1_200 }, (_, at) => ({ key: `osv-ids:p${at}==1`, text: "[]", until }));
      await store.keep(many);
      await store.keep([{ key: "osv-ids:p0==1", text: '["GHSA-1"]', until: new Date(until.getTime() + MINUTE) }]);
      const other = start();
      const found = await other.answers([...many.map(({ key }) => key), "osv-ids:unknown==1"]);
      expect(found).toHaveLength(1_200);
      expect(found.find(({ key }) => key === "osv-ids:p0==1")).toEqual({
        key: "osv-ids:p0==1",
        text: '["GHSA-1"]',
        until: new Date(until.getTime() + MINUTE),
      });
      await clock.pass(MINUTE);
      expect(await other.answers(many.map(({ key }) => key))).toHaveLength(1);
      await clock.pass(MINUTE);
      await store.forget();
      expect(await queries.selectFrom("answer").selectAll().execute()).toEqual([]);
    });

    test("knows which pull requests a commit is the head of", async () => {
      const { store, clock } = await world();
      const { pullRequest } = record("1", "a", []);
      await store.reviewing(pullRequest, "a");
      await store.reviewing(pullRequest, "a");
      await store.reviewing({ ...pullRequest, number: 4 }, "a");
      await store.reviewing({ ...pullRequest, number: 5 }, "b");
      await store.reviewing({ ...pullRequest, repositoryId: 9 }, "a");
      expect(await store.alsoHeadOf(pullRequest, "a")).toEqual([4]);
      expect(await store.alsoHeadOf({ ...pullRequest, number: 6 }, "a")).toEqual([3, 4]);
      await clock.pass(90 * DAY + 1);
      await store.forget();
      expect(await store.alsoHeadOf(pullRequest, "a")).toEqual([]);
    });

    test("forgets what it has kept long enough", async () => {
      const { store, queries, clock } = await world();
      await store.reviewed(record("1", "a".repeat(40), [finding("f1")]));
      await clock.pass(90 * DAY + 1);
      await store.reviewed(record("2", "b".repeat(40), []));
      await store.forget();
      expect(await queries.selectFrom("review").select("delivery").execute()).toEqual([{ delivery: "2" }]);
      expect(await queries.selectFrom("finding").selectAll().execute()).toEqual([]);
    });
  });
}

function finding(fingerprint: string): PlannedFinding {
  return { fingerprint, ruleId: "yaml-load", level: "error", path: "a.py" };
}

function record(deliveryId: string, headSha: string, findings: readonly PlannedFinding[]): ReviewRecord {
  return {
    deliveryId,
    pullRequest: { installationId: 1, repositoryId: 2, owner: "acme", repo: "shop", number: 3 },
    headSha,
    conclusion: findings.length > 0 ? "failure" : "success",
    version: "1.0.0",
    beganAt: new Date("2026-03-01T12:00:00Z"),
    findings,
    answers: new Map(),
  };
}
