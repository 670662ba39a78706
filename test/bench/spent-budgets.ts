/** Files of some folders on which a budget of the analysis is spent, all with exit code 1: `node test/bench/spent-budgets.ts FOLDER…`. */
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { countLines, readTexts } from "./read-texts.ts";

const texts = readTexts(process.argv.slice(2));
const analyse = createAnalyse({ parser: await chooseParser(), ruleSet: await loadRules(), detectors: DETECTORS });
const options = { profile: "audit", levels: {}, today: "2026-01-01" } as const;
const counts = new Map<string, number>();
for (const file of texts) {
  for (const notice of analyse({ kind: "file", file, options }).notices) {
    const name = notice.kind === "limit" ? `limit: ${notice.limit}` : notice.kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (notice.kind !== "syntax-error") console.log(`${file.path}: ${name} (${file.text.split("\n").length} lines)`);
    if (name === "limit: steps" || name === "limit: depth" || notice.kind === "rule-failed") process.exitCode = 1;
  }
}
console.log(`${texts.length} files, ${countLines(texts)} lines: ${JSON.stringify(Object.fromEntries(counts))}`);
