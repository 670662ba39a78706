import { expect, test } from "vitest";
import { KEPT, REMOVED } from "./refusals.ts";
import { settleChange } from "./settle-change.ts";

test.each(REMOVED)("a refusal that is gone is missed: $name", ({ before, after }) => {
  expect(settleChange({ "app.py": [before, after] }).rules).toEqual(["security-check-removed"]);
});

test.each(KEPT)("what turns nobody away may go: $name", ({ before, after }) => {
  expect(settleChange({ "app.py": [before, after] }).rules).toEqual([]);
});
