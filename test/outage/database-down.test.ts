import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "../github/app-on-loopback.ts";
import { MISTAKE } from "../github/complaints/scene.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";
import type { ApiRequest } from "../github/stand-in/request.ts";
import { type StandIn, startStandIn } from "../github/stand-in/stand-in.ts";
import { isPostgresMissing, type PostgresServer, startPostgres } from "../queue/postgres-server.ts";
import { Alarms } from "../service/alarms.ts";
import { ManualClock } from "../service/manual-clock.ts";

const MINUTE = 60_000;
const BETWEEN_RINGS_MS = 50;
/** After this long without the database another process may have a job. */
const PATIENCE_MS = 10_000;

/** One process takes deliveries, another one reviews; their database goes away, and comes back. */
describe.skipIf(isPostgresMissing())("while the database is away", () => {
  let database: PostgresServer;
  let github: StandIn;
  let web: AppOnLoopback;
  let worker: AppOnLoopback;
  let elapsed = 0;
  const alarms = new Alarms();
  const clock = new ManualClock(new Date(Date.now() + 10 * MINUTE).toISOString(), true);

  beforeAll(async () => {
    database = await startPostgres();
    github = await startStandIn();
    const queue = { kind: "postgres", url: database.url } as const;
    worker = await startApp({
      github,
      clock,
      recovers: true,
      every: alarms.every,
      elapsed: () => elapsed,
      settings: { queue, role: "worker" },
    });
    web = await startApp({ github, clock, every: alarms.every, settings: { queue, role: "web" } });
  });

  afterAll(async () => {
    await web.stop(1_000);
    await worker.close();
    await database.stop();
  });

  /** What rings has work to do that takes its time: the next ring waits a moment. */
  async function ring(): Promise<void> {
    alarms.ring();
    await setTimeout(BETWEEN_RINGS_MS);
  }

  async function untilReviewed(pull: PullRequest): Promise<void> {
    while (github.checkRun(pull)?.status !== "completed") await ring();
  }

  /** Ends the database while GitHub has not yet said what the pull request changes; the answer comes when it is let. */
  async function crashWhileReading({ repository }: PullRequest): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const isOfPull = ({ path, body }: ApiRequest) =>
      path === "/graphql" && JSON.stringify(body).includes(`"repo":"${repository.name}"`);
    const held = github.faults.inject({ kind: "hold", until: promise, match: isOfPull });
    while (held.met === 0) await ring();
    await database.crash();
    return resolve;
  }

  test("deliveries are refused, so that GitHub knows; what was begun and what was refused is reviewed, each once", async () => {
    const begun = await web.openPullRequest({}, { "a.py": MISTAKE });
    expect((await github.announce(begun, { action: "opened" })).status).toBe(202);
    const refused = await web.openPullRequest({}, { "b.py": MISTAKE });
    const goOn = await crashWhileReading(begun);
    expect((await github.announce(refused, { action: "opened" })).status).toBe(500);
    goOn();
    await clock.pass(MINUTE);
    alarms.ring();
    await database.restart();
    await clock.pass(10 * MINUTE);
    for (const pull of [begun, refused]) {
      // What had not read all that it needs of the database begins again.
      await untilReviewed(pull);
      expect(github.checkRun(pull)?.conclusion).toBe("failure");
      expect(pull.comments).toHaveLength(1);
      expect(pull.repository.checkRuns).toHaveLength(1);
    }
  });

  test("a process that it does not answer says nothing once another may do its job", async () => {
    const pull = await web.openPullRequest({}, { "a.py": MISTAKE });
    const { id } = await github.announce(pull, { action: "opened" });
    const goOn = await crashWhileReading(pull);
    elapsed += PATIENCE_MS;
    alarms.ring();
    goOn();
    await worker.logged(({ delivery, msg }) => delivery === id && msg === "review failed");
    expect(pull.comments).toEqual([]);
    expect(pull.repository.checkRuns).toEqual([]);
    await database.restart();
    await untilReviewed(pull);
    expect(pull.comments).toHaveLength(1);
    expect(pull.repository.checkRuns).toHaveLength(1);
  });
});
