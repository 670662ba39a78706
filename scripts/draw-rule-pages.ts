/** Draws `docs/rules/` from `rules/`: one page a rule and the index. Run by `npm run docs:rules`; the pages are checked in. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawRuleIndex, drawRulePage } from "../src/report/rule-page.ts";
import { readRulesForPages } from "./read-rules-for-pages.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = join(root, "docs/rules");
const rules = readRulesForPages(join(root, "rules"));

rmSync(pages, { recursive: true, force: true });
mkdirSync(pages, { recursive: true });
for (const rule of rules) writeFileSync(join(pages, `${rule.id}.md`), drawRulePage(rule));
writeFileSync(join(pages, "README.md"), drawRuleIndex(rules));
