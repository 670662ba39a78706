import { expect, test } from "vitest";
import type { FailedDelivery } from "../../src/service/ports.ts";
import { createRecovery } from "../../src/service/recovery.ts";
import { Alarms } from "./alarms.ts";
import { ManualClock, settled } from "./manual-clock.ts";

const MINUTE = 60_000;
const LOOK_MS = 5 * MINUTE;

function world(installed: readonly number[] = []) {
  const clock = new ManualClock();
  const alarms = new Alarms();
  const failed: FailedDelivery[] = [];
  const [redelivered, looked]: [number[], number[]] = [[], []];
  const arrived = new Set<string>();
  const state = { isMine: true, repositories: 1, areDeliveriesDown: false };
  const recovery = createRecovery({
    app: {
      installations: async () => installed.map((installationId) => ({ installationId, since: new Date(0) })),
      failedDeliveries: async () => {
        if (state.areDeliveriesDown) throw new Error("GitHub does not answer");
        return failed;
      },
      redeliver: async (id) => {
        redelivered.push(id);
      },
    },
    backlog: {
      add: async ({ installationId }) => {
        looked.push(installationId);
        return { isComplete: true, repositories: state.repositories };
      },
    },
    store: { knownDeliveries: async (ids) => new Set(ids.filter((id) => arrived.has(id))) },
    isMine: async () => state.isMine,
    clock,
    every: alarms.every,
    lookMs: LOOK_MS,
    log: { info() {}, warn() {}, error() {} },
  });
  const look = async (afterMs: number) => {
    await clock.pass(afterMs);
    alarms.ring();
    await settled();
  };
  const fail = (guid: string) => {
    const at = failed.findIndex((each) => each.guid === guid);
    if (at !== -1) failed.splice(at, 1);
    failed.unshift({ id: redelivered.length + 100, guid, event: "pull_request", failedAt: clock.now() });
  };
  return { recovery, look, fail, redelivered, looked, state, arrived };
}

test("a delivery that fails again and again is asked for later each time, and five times in all", async () => {
  const { recovery, look, fail, redelivered } = world();
  fail("a");
  recovery.start();
  await settled();
  expect(redelivered).toEqual([100]);
  const asked: number[] = [];
  for (let at = 1; at <= 60; at += 1) {
    const before = redelivered.length;
    fail("a");
    await look(LOOK_MS);
    if (redelivered.length > before) asked.push(at);
  }
  expect(asked).toEqual([1, 3, 7, 15]);
});

test("an installation with many repositories is looked through more rarely", async () => {
  const { recovery, look, looked, state } = world([7]);
  state.repositories = 800;
  recovery.start();
  await settled();
  await look(90 * MINUTE);
  expect(looked).toEqual([7]);
  await look(7 * MINUTE);
  expect(looked).toEqual([7, 7]);
});

test("of several processes one looks", async () => {
  const { recovery, look, fail, redelivered, looked, state } = world([7]);
  state.isMine = false;
  fail("a");
  recovery.start();
  await look(LOOK_MS);
  expect([...redelivered, ...looked]).toEqual([]);
  state.isMine = true;
  await look(LOOK_MS);
  expect([redelivered, looked]).toEqual([[100], [7]]);
});

test("when the list of deliveries cannot be read, pull requests are looked through all the same", async () => {
  const { recovery, looked, state } = world([7]);
  state.areDeliveriesDown = true;
  recovery.start();
  await settled();
  expect(looked).toEqual([7]);
  await recovery.close();
});

test("a delivery that arrived although its sender never heard is not asked for", async () => {
  const { recovery, look, fail, redelivered, arrived } = world();
  fail("a");
  arrived.add("a");
  recovery.start();
  await look(LOOK_MS);
  expect(redelivered).toEqual([]);
});
