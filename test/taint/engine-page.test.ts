import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync(new URL("../../docs/engine.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| `([\w/-]+\.ts)` \|/gm)].map(([, name, number, file]) => ({
  name,
  number: Number(number),
  file,
}));

test("the page names the engine's bounds", () => {
  expect(rows.length).toBeGreaterThanOrEqual(15);
});

test.each(rows)("$name is $number in $file", ({ name, number, file }) => {
  const code = readFileSync(new URL(`../../src/taint/${file}`, import.meta.url), "utf8");
  const found = new RegExp(`const ${name} = ([\\d_]+);`).exec(code)?.[1];
  expect(Number(found?.replaceAll("_", ""))).toBe(number);
});
