import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadRules } from "../src/engine/load-rules.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(join(root, "docs/coming-from-bandit.md"), "utf8");
const { rules } = await loadRules();

/** Every check that Bandit has or had, by its number. */
const BANDIT = [
  ...range(101, 113),
  ...range(201, 202),
  ...range(301, 325),
  ...range(401, 415),
  ...range(501, 509),
  ...range(601, 615),
  ...range(701, 704),
];

test("every code of Bandit leads to a rule or is left out with a reason", () => {
  const leftOut = page.slice(page.indexOf("## Left out on purpose"));
  const known = new Set(rules.flatMap(({ codes }) => codes));
  const neither = BANDIT.filter((code) => !known.has(code) && !leftOut.includes(code));
  expect(neither).toEqual([]);
});

test("the rules that the page names exist, and those of its first table are of the audit profile", () => {
  const profiles = new Map<string, string>(rules.map(({ id, profile }) => [id, profile]));
  const rows = [...page.matchAll(/^\| B\d[^|]*\| (`[^|]*) \|[^|]*\|$/gmu)].map(([, cell = ""]) => cell);
  expect(rows.length).toBeGreaterThan(10);
  const named = rows.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/gu)].map(([, id = ""]) => id));
  expect(named.filter((id) => profiles.get(id) !== "audit")).toEqual([]);
  const mentioned = [...page.matchAll(/`([a-z]+(?:-[a-z]+)+)`/gu)].map(([, id = ""]) => id);
  expect(mentioned.filter((id) => !profiles.has(id))).toEqual([]);
});

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `B${from + at}`);
}
