import { createChildPool } from "../../src/engine/child-pool.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { FOLDER_LINKS } from "../../src/pages/links.ts";
import { drawRuleDetailPage } from "../../src/pages/rule-detail-page.ts";
import { analyseExamples } from "../../src/service/analyse-examples.ts";
import { withStyle } from "./with-style.ts";

/** The page of a rule with its style sheet inside, to be drawn without a server. */
export async function drawRulePicture(id: string, theme: "light" | "dark"): Promise<string> {
  const { rules } = await loadRules();
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  const engine = createChildPool({ size: 1 });
  try {
    const examples = await analyseExamples(engine, rule, { rules, today: "2026-01-01" });
    const page = String(await drawRuleDetailPage(rule, examples, FOLDER_LINKS));
    return withStyle(page, theme, "figure { padding: 1rem; }");
  } finally {
    await engine.close();
  }
}
