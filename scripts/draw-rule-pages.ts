/**
 * Draws `docs/rules/` from `rules/`, one page a rule, the indexes by section, by code and by sentence, and the numbers in the README's table.
 * Run by `npm run docs:rules`; what it draws is checked in.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawCodeIndex } from "../src/report/code-index.ts";
import { drawCoveragePage } from "../src/report/coverage-page.ts";
import { drawRuleIndex, drawRulePage } from "../src/report/rule-page.ts";
import { SECTION_TITLES } from "../src/rules/section-titles.ts";
import { readRuleMessages } from "./read-rule-messages.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = join(root, "docs/rules");
const { rules, messages } = await readRuleMessages();

rmSync(pages, { recursive: true, force: true });
mkdirSync(pages, { recursive: true });
for (const rule of rules)
  writeFileSync(join(pages, `${rule.id}.md`), drawRulePage(rule, messages.get(rule.id) ?? rule.message));
writeFileSync(join(pages, "README.md"), drawRuleIndex(rules));
writeFileSync(join(pages, "by-code.md"), drawCodeIndex(rules));
writeFileSync(join(pages, "coverage.md"), drawCoveragePage(rules));

const readme = join(root, "README.md");
const counted = readFileSync(readme, "utf8")
  .replace(/\[\d+ rules\]\(docs\/rules/u, `[${rules.length} rules](docs/rules`)
  .replace(/^\| ([^|]+) \| \d+ \|/gmu, (row, title: string) => {
    const own = rules.filter(({ section }) => SECTION_TITLES[section] === title);
    return own.length === 0 ? row : `| ${title} | ${own.length} |`;
  });
writeFileSync(readme, counted);
