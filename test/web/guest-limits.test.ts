import { expect, test } from "vitest";
import { createGuestLimits } from "../../src/web/guest-limits.ts";

const nothing = async () => "done";

test("an address that has asked for a minute's worth is told when its minute is over, and then served", async () => {
  let elapsed = 0;
  const limits = createGuestLimits({ perMinute: 2, atOnce: 1 }, () => elapsed);
  const ask = () => limits.run("1.1.1.1", nothing);
  expect([await ask(), await ask()]).toEqual(["done", "done"]);
  elapsed = 20_000;
  expect(await ask()).toEqual({ retryAfter: 40 });
  elapsed = 60_000;
  expect(await ask()).toBe("done");
});

test("so many are served at a time, the others wait, and beyond twenty are asked to come again", async () => {
  const limits = createGuestLimits({ perMinute: 90, atOnce: 1 }, () => 0);
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = limits.run("1.0.0.0", () => promise);
  const others = Array.from({ length: 20 }, (_, at) => limits.run(`1.0.0.${at + 1}`, nothing));
  expect(await limits.run("1.0.1.0", nothing)).toEqual({ retryAfter: 1 });
  resolve("first");
  expect([await first, ...(await Promise.all(others))]).toEqual(["first", ...others.map(() => "done")]);
});

test("one address waits for three answers at most", async () => {
  const limits = createGuestLimits({ perMinute: 90, atOnce: 1 }, () => 0);
  const asked = [1, 2, 3].map(() => limits.run("1.1.1.1", nothing));
  expect(await limits.run("1.1.1.1", nothing)).toEqual({ retryAfter: 1 });
  expect(await Promise.all(asked)).toEqual(["done", "done", "done"]);
  expect(await limits.run("1.1.1.1", nothing)).toBe("done");
});

test("who goes away while waiting gives the place up, and is not served", async () => {
  const limits = createGuestLimits({ perMinute: 90, atOnce: 1 }, () => 0);
  const { promise, resolve } = Promise.withResolvers<string>();
  const served: string[] = [];
  const serve = (name: string) => async () => {
    served.push(name);
    return name;
  };
  const first = limits.run("1.1.1.1", () => promise);
  const browser = [new AbortController(), new AbortController()];
  const given = browser.map(({ signal }, at) => limits.run("1.1.1.1", serve(`old ${at}`), signal));
  for (const one of browser) one.abort();
  expect(await Promise.all(given)).toEqual([{ retryAfter: 1 }, { retryAfter: 1 }]);
  const latest = limits.run("1.1.1.1", serve("latest"));
  resolve("first");
  expect([await first, await latest, served]).toEqual(["first", "latest", ["latest"]]);
});
