import { expect, test } from "vitest";
import { RequestLedger } from "../../src/github/request-ledger.ts";
import { ManualClock } from "../service/manual-clock.ts";

test("what GitHub says of all processes' requests counts where it is more, until its hour is over", () => {
  const clock = new ManualClock();
  const ledger = new RequestLedger(clock);
  for (let at = 0; at < 5; at += 1) ledger.count("7");
  ledger.told("7", { used: 1_900, resetAt: new Date(clock.now().getTime() + 60_000) });
  expect(ledger.spent("7")).toBe(1_900);
  ledger.told("7", { used: 3, resetAt: new Date(clock.now().getTime() + 60_000) });
  expect(ledger.spent("7")).toBe(5);
});
