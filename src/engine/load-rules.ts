import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type RuleSet, readCompiledRules } from "../rules/rule-set.ts";

/** The rules that the build compiled; run from its sources, the program reads the files of `rules/`. Read once a process. */
export function loadRules(): Promise<RuleSet> {
  loaded ??= readRules();
  return loaded;
}

let loaded: Promise<RuleSet> | undefined;

async function readRules(): Promise<RuleSet> {
  const isBuilt = import.meta.url.endsWith(".js");
  if (isBuilt) return readCompiledRules(readFileSync(new URL("../rules.json", import.meta.url), "utf8"));
  const root = fileURLToPath(new URL("../../rules/", import.meta.url));
  const { loadRuleSet } = await import("../rules/load.ts");
  const paths = globSync("*/*.yml", { cwd: root }).sort();
  return loadRuleSet(paths.map((path) => ({ path, text: readFileSync(`${root}${path}`, "utf8") })));
}
