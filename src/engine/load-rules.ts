import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type RuleSet, readRuleSet } from "../rules/rule-set.ts";

/** The rules that the build compiled; run from its sources, the program reads the files of `rules/`. Read once a process. */
export function loadRules(): Promise<RuleSet> {
  loaded ??= readRules();
  return loaded;
}

let loaded: Promise<RuleSet> | undefined;

async function readRules(): Promise<RuleSet> {
  const isBuilt = !import.meta.url.endsWith(".ts");
  if (isBuilt) {
    const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
    return readRuleSet(read("rules.json"), () => read("rules-shown.json"));
  }
  const root = fileURLToPath(new URL("../../rules/", import.meta.url));
  const { loadRuleSet } = await import("../rules/load.ts");
  const paths = globSync("*/*.yml", { cwd: root }).sort();
  return loadRuleSet(paths.map((path) => ({ path, text: readFileSync(`${root}${path}`, "utf8") })));
}
