import { expect, test } from "vitest";
import { createTokenCache } from "../../src/github/token-cache.ts";

test("a token is given again for less than the hour that it lives", () => {
  let elapsed = 0;
  const cache = createTokenCache(() => elapsed);
  cache.set("1", "token");
  elapsed = 59 * 60_000 - 1;
  expect(cache.get("1")).toBe("token");
  elapsed += 1;
  expect(cache.get("1")).toBeUndefined();
});

test("so many are kept, the latest", () => {
  const cache = createTokenCache(() => 0);
  for (let at = 0; at <= 15_000; at += 1) cache.set(String(at), "token");
  expect(cache.get("0")).toBeUndefined();
  expect(cache.get("1")).toBe("token");
});
