import { afterEach, expect, test, vi } from "vitest";
import { type AppOnLoopback, startApp } from "../github/app-on-loopback.ts";
import { MISTAKE } from "../github/complaints/scene.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";
import { startStandIn } from "../github/stand-in/stand-in.ts";

const HOUR = 3_600_000;
/** From the right time. */
const JUMPS = [-2 * HOUR, 2 * HOUR];

afterEach(() => {
  vi.unstubAllGlobals();
});

test("a clock that is set back and forward by hours in the middle of reviews changes nothing", async () => {
  const { now } = Date;
  const github = await startStandIn({ now: () => new RealDate(now()) });
  const app = await startApp({ github, isOnOwnClock: true });
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
  await app.close();
}, 120_000);

const RealDate = Date;

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
