import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RuleFile } from "../src/rules/load.ts";

/** All files of `rules/`, by path relative to it, in order. */
export function readRuleFiles(): RuleFile[] {
  const root = fileURLToPath(new URL("../rules/", import.meta.url));
  const paths = globSync("*/*.yml", { cwd: root }).sort();
  return paths.map((path) => ({ path, text: readFileSync(`${root}${path}`, "utf8") }));
}
