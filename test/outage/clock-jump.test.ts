import { afterEach, describe, expect, test, vi } from "vitest";
import { type AppOnLoopback, startApp } from "../github/app-on-loopback.ts";
import { MISTAKE } from "../github/complaints/scene.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";
import { type StandIn, startStandIn } from "../github/stand-in/stand-in.ts";
import { isPostgresMissing, startPostgres } from "../queue/postgres-server.ts";

const HOUR = 3_600_000;
/** From the right time, which is set again in the end. */
const JUMPS = [-2 * HOUR, 2 * HOUR, 0];

/** The machine's clock is set; GitHub's, and a database's on another machine, are right. */
describe("a clock that is set back and forward by hours in the middle of reviews", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test("changes nothing for a service with its queue on disk", async () => {
    const github = await startOnRightClock();
    const app = await startApp({ github, isOnOwnClock: true });
    await expectSameInSpiteOfJumps(app);
    await app.close();
  });

  test.skipIf(isPostgresMissing())("changes nothing for processes that meet in PostgreSQL", async () => {
    const database = await startPostgres();
    const github = await startOnRightClock();
    const shared = { github, isOnOwnClock: true, elapsed: () => performance.now() };
    const queue = { kind: "postgres", url: database.url } as const;
    const workers = [
      await startApp({ ...shared, settings: { queue, role: "worker" } }),
      await startApp({ ...shared, settings: { queue, role: "worker" } }),
    ];
    const web = await startApp({ ...shared, settings: { queue, role: "web" } });
    await expectSameInSpiteOfJumps(web);
    for (const worker of workers) await worker.stop(10_000);
    const ended = workers.flatMap(({ log }) => log.filter(({ msg }) => /^review (?:ended|failed)$/u.test(msg)));
    expect(ended.map(({ msg, attempt }) => [msg, attempt])).toEqual(JUMPS.map(() => ["review ended", 1]));
    await web.close();
    await database.stop();
  });
});

async function expectSameInSpiteOfJumps(app: AppOnLoopback): Promise<void> {
  const { github } = app;
  const pulls: PullRequest[] = [];
  for (const by of JUMPS) {
    const read = github.countRequests("POST /graphql");
    pulls.push(await openAndAnnounce(app));
    await github.until(() => github.countRequests("POST /graphql") > read);
    setMachineClock(by);
  }
  for (const pull of pulls) {
    expect((await github.untilChecked(pull)).conclusion).toBe("failure");
    expect(pull.comments).toHaveLength(1);
    expect(pull.repository.checkRuns).toHaveLength(1);
  }
}

const RealDate = Date;

function startOnRightClock(): Promise<StandIn> {
  const { now } = Date;
  return startStandIn({ now: () => new RealDate(now()) });
}

function setMachineClock(by: number): void {
  class SetDate extends RealDate {
    constructor(...values: unknown[]) {
      super(...((values.length === 0 ? [SetDate.now()] : values) as [number]));
    }

    static override now(): number {
      return RealDate.now() + by;
    }
  }
  vi.stubGlobal("Date", SetDate);
}

async function openAndAnnounce(app: AppOnLoopback) {
  const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
  expect((await app.github.announce(pull, { action: "opened" })).status).toBe(202);
  return pull;
}
