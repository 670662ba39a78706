import { expect, test, vi } from "vitest";
import type { ChangeSides, Detector } from "../../src/rules/detector.ts";
import { compileChangeMatch } from "../../src/rules/match-change.ts";
import type { Match, Rule } from "../../src/rules/rule.ts";

test("a comparison is prepared once, when a change is first looked at", () => {
  const prepare = vi.fn(() => ({ concerns: () => true, detect: () => [] }));
  const detector: Detector = { kind: "change", name: "gone", prepare };
  const match: Match = { kind: "detector", name: "gone", options: { of: "checks" } };
  const [comparison] = compileChangeMatch({} as Rule, match, new Map([["gone", detector]]));
  expect(prepare).not.toHaveBeenCalled();
  expect(comparison?.concerns({} as never)).toBe(true);
  expect([...(comparison?.detect({} as ChangeSides) ?? [])]).toEqual([]);
  expect(prepare.mock.calls).toEqual([[{ of: "checks" }]]);
});
