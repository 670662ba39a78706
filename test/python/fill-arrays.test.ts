import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { fillArrays } from "../../src/python/fill-arrays.ts";
import { loadNativeAddon } from "../../src/python/native-addon.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const addon = loadNativeAddon();

/** Filled as for a tree without errors, and with every question asked. */
function bothWays(text: string) {
  const tree = addon?.parse((index) => text.slice(index, index + 16_384));
  if (tree === undefined || tree === null || tree.rootNode.hasError) return undefined;
  return [fillArrays(text, tree.walk(), false), { ...fillArrays(text, tree.walk(), true), hasError: false }] as const;
}

describe.skipIf(addon === undefined)("arrays of a tree without errors", () => {
  test.each([
    ["names in other letters", "größe = naïve_名前(x)\nñ"],
    ["a name at the very end", "x = value"],
    ["comments around blocks", "# a\ndef f():\n    # b\n    pass\n    # c\n\n# d\n"],
    ["format strings", 'f"{a!r:>{width}} {b:%Y} {{}}" "\\n" b"x\\x00"\n'],
    ["an empty text", ""],
    ["blank lines alone", "\n\n  \n"],
    ["soft keywords as names", "match = 1\nprint(match, type, case)\nexec = print\n"],
  ])("hold what the parser says of every node: %s", (_, text) => {
    const [few, all] = bothWays(text) ?? [];
    expect(few).toBeDefined();
    expect(few).toEqual(all);
  });

  test("hold what the parser says for every example of the rules and every flow case", () => {
    const flows = globSync("test/flows/**/*.py").map((path) => readFileSync(path, "utf8"));
    const { rules } = loadRuleSet(readRuleFiles());
    const examples = rules.flatMap(({ bad, good }) => [...bad, ...good].map(({ code }) => code));
    let compared = 0;
    for (const text of [...flows, ...examples]) {
      const pair = bothWays(text);
      if (pair === undefined) continue;
      compared++;
      if (JSON.stringify(pair[0]) !== JSON.stringify(pair[1])) expect(pair[0], text).toEqual(pair[1]);
    }
    expect(compared).toBeGreaterThan(500);
  });
});
