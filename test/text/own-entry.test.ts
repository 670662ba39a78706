import { expect, test } from "vitest";
import { ownEntry } from "../../src/text/own-entry.ts";

test("a record holds what was put into it, and nothing that it inherits", () => {
  const record = JSON.parse('{"a": 1, "__proto__": 2}') as Record<string, number>;
  expect(["a", "__proto__", "b", "constructor", "toString"].map((name) => ownEntry(record, name))).toEqual([
    1,
    2,
    undefined,
    undefined,
    undefined,
  ]);
  expect(ownEntry(undefined, "a")).toBeUndefined();
});
