import { expect, test } from "vitest";
import { IN_MEMORY, openSqlite } from "../../src/database/open-sqlite.ts";
import { createPendingArrivals } from "../../src/service/arrivals.ts";
import { createStore } from "../../src/store/create-store.ts";
import { querySqlite } from "../../src/store/query-builder.ts";
import { Alarms } from "./alarms.ts";
import { ManualClock, never, settled } from "./manual-clock.ts";

/** Processes on one database, each with a backlog whose looks end when the test says so. */
function world() {
  const clock = new ManualClock();
  const options = { clock, every: never, retentionDays: 90, onTrouble: console.error };
  const store = createStore(querySqlite(openSqlite(IN_MEMORY).database), options);
  const process = (isMine = true) => {
    const alarms = new Alarms();
    const looks: { installationId: number; end: (isComplete: boolean) => void }[] = [];
    const dropped: number[] = [];
    const arrivals = createPendingArrivals({
      store,
      backlog: {
        add: ({ installationId }) =>
          new Promise((resolve) => {
            looks.push({ installationId, end: (isComplete) => resolve({ isComplete, repositories: 1 }) });
          }),
        drop: (installationId) => {
          dropped.push(installationId);
        },
      },
      isMine: async () => isMine,
      every: alarms.every,
      log: { info() {}, warn() {}, error() {} },
    });
    return { arrivals, alarms, looks, dropped };
  };
  return { process, store };
}

test("one process hears of an installation, another one works on it", async () => {
  const { process, store } = world();
  const [web, worker, idle] = [process(), process(), process(false)];
  await worker.arrivals.start();
  await idle.arrivals.start();
  await web.arrivals.add({ installationId: 7 });
  for (const { alarms } of [worker, idle]) alarms.ring();
  await settled();
  expect([web.looks, idle.looks]).toEqual([[], []]);
  expect(worker.looks).toMatchObject([{ installationId: 7 }]);
  worker.alarms.ring();
  await settled();
  expect(worker.looks).toHaveLength(1);
  worker.looks[0]?.end(true);
  await settled();
  expect(await store.arrivals()).toEqual([]);
});

test("what a process did not get to the end of is taken on by the next", async () => {
  const { process } = world();
  const first = process();
  await first.arrivals.start();
  await first.arrivals.add({ installationId: 7 });
  await settled();
  first.looks[0]?.end(false);
  first.arrivals.stop();
  await settled();
  const next = process();
  await next.arrivals.start();
  expect(next.looks).toMatchObject([{ installationId: 7 }]);
});

test("work on an installation ends when another process hears that the App has left", async () => {
  const { process } = world();
  const [web, worker] = [process(), process()];
  await worker.arrivals.start();
  await web.arrivals.add({ installationId: 7 });
  worker.alarms.ring();
  await settled();
  await web.arrivals.drop(7);
  worker.alarms.ring();
  await settled();
  expect(worker.dropped).toEqual([7]);
});
