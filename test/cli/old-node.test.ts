import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { aboutOldNode, LEAST_NODE } from "../../src/cli/old-node.ts";

test("an older Node is told by name, and what to take in its place", () => {
  expect(aboutOldNode("20.20.2")).toBe(
    "needs Node 24 or newer, and this is 20.20.2; node_modules/.bin/node in the folder of Safepath is one",
  );
  expect(aboutOldNode("9.0.0")).toBeDefined();
  for (const version of ["24.0.0", "26.1.0", "100.0.0", process.versions.node])
    expect(aboutOldNode(version)).toBeUndefined();
});

test("it is what the package asks for", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(engines.node).toBe(`>=${LEAST_NODE}`);
});

test("the program imports nothing by name that an older Node lacks, so that it can say so", () => {
  const entry = readFileSync(new URL("../../src/cli/main.ts", import.meta.url), "utf8");
  expect(entry).not.toMatch(/import \{[^}]*\} from "node:/u);
});
