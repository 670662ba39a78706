/** Writes the pages of the rules as one folder of files for any host: `npm run docs:build [FOLDER]`, `site/` unless said. */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createChildPool } from "../src/engine/child-pool.ts";
import { loadRules } from "../src/engine/load-rules.ts";
import { FOLDER_LINKS } from "../src/pages/links.ts";
import { drawListPage } from "../src/pages/list-page.ts";
import { drawRuleDetailPage } from "../src/pages/rule-detail-page.ts";
import { analyseExamples } from "../src/service/analyse-examples.ts";
import { readPageAssets } from "../src/web/page-assets.ts";

const folder = process.argv[2] ?? "site";
mkdirSync(folder, { recursive: true });
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);

const { rules } = await loadRules();
const today = new Date().toISOString().slice(0, 10);
const engine = createChildPool({ size: availableParallelism() });
try {
  write(FOLDER_LINKS.list, String(await drawListPage(rules, FOLDER_LINKS)));
  for (const rule of rules) {
    const examples = await analyseExamples(engine, rule, { rules, today });
    write(FOLDER_LINKS.rule(rule.id), String(await drawRuleDetailPage(rule, examples, FOLDER_LINKS)));
  }
} finally {
  await engine.close();
}
for (const [name, { body }] of readPageAssets()) write(FOLDER_LINKS.asset(name), body);
console.log(`${rules.length} rules in ${folder}/`);
