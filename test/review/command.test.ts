import { expect, test } from "vitest";
import { LONGEST_REASON, readCommand } from "../../src/review/command.ts";

test.each([
  ["/safepath ignore it is a cache key", { verb: "ignore", reason: "it is a cache key" }],
  [
    "Hm.\n\n/safepath false-positive validated by the gateway\nthanks",
    { verb: "false-positive", reason: "validated by the gateway" },
  ],
  [
    "/safepath accept until 2027-03-31 goes with the old API",
    { verb: "accept", until: "2027-03-31", reason: "goes with the old API" },
  ],
  [
    "/safepath accept unverified data/big.py generated",
    { verb: "accept-unverified", path: "data/big.py", reason: "generated" },
  ],
  [
    "/safepath accept unverified `data/big.py` generated",
    { verb: "accept-unverified", path: "data/big.py", reason: "generated" },
  ],
  ["/safepath  Agree", { verb: "agree" }],
  ["/safepath", { verb: "help" }],
  ["/safepath explain\r\n", { verb: "explain" }],
])("%j asks for something", (body, command) => {
  expect(readCommand(body)).toEqual(command);
});

test.each([
  "thanks, will do",
  "> /safepath ignore as somebody said",
  "use /safepath ignore <reason>",
  "```\n/safepath ignore x\n```",
  "/safepathology is no word",
])("%j asks for nothing", (body) => {
  expect(readCommand(body)).toBeUndefined();
});

test.each([
  "/safepath ignore",
  "/safepath accept until tomorrow because",
  "/safepath accept until 2027-02-31 because",
  "/safepath accept until 2027-03-31",
  "/safepath accept unverified a.py",
  "/safepath frobnicate",
])("%j is meant for us and lacks something", (body) => {
  expect(readCommand(body)?.verb).toBe("unclear");
});

test("a reason is no longer than is kept", () => {
  expect(readCommand(`/safepath ignore ${"x".repeat(10_000)}`)).toEqual({
    verb: "ignore",
    reason: "x".repeat(LONGEST_REASON),
  });
});
