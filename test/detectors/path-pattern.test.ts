import { describe, expect, test } from "vitest";
import { matchesPath } from "../../src/detectors/shared/path-pattern.ts";

describe("a pattern of API paths", () => {
  test("without a star is the path itself", () => {
    expect(matchesPath("os.system", "os.system")).toBe(true);
    expect(matchesPath("my.os.system", "os.system")).toBe(false);
  });

  test.each([
    ["shop.Order.objects.raw", true],
    ["objects.raw", false],
    ["shop.Order.objects.raw.more", false],
  ])("that begins with a star asks for the end: %s", (path, expected) => {
    expect(matchesPath(path, "*.objects.raw")).toBe(expected);
  });

  test.each([
    ["shop.Order.objects.extra", true],
    ["shop.Order.objects.filter().extra", true],
    ["shop.Order.extra", false],
    ["shop.Order.objects.extra().all", false],
  ])("may have several stars: %s", (path, expected) => {
    expect(matchesPath(path, "*.objects.*extra")).toBe(expected);
  });

  test("does not use a part of the path twice", () => {
    expect(matchesPath("aba", "ab*ba")).toBe(false);
    expect(matchesPath("abba", "ab*ba")).toBe(true);
  });
});
