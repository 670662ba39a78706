import { createChildPool } from "../../src/engine/child-pool.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { FOLDER_LINKS } from "../../src/pages/links.ts";
import { drawRuleDetailPage } from "../../src/pages/rule-detail-page.ts";
import { analyseExamples } from "../../src/service/analyse-examples.ts";
import { readPageAssets } from "../../src/web/page-assets.ts";

/** The page of a rule with its style sheet inside, to be drawn without a server. */
export async function drawRulePicture(id: string, theme: "light" | "dark"): Promise<string> {
  const { rules } = await loadRules();
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  const engine = createChildPool({ size: 1 });
  try {
    const examples = await analyseExamples(engine, rule, { rules, today: "2026-01-01" });
    const page = String(await drawRuleDetailPage(rule, examples, FOLDER_LINKS));
    const sheet = new TextDecoder().decode(readPageAssets().get("site.css")?.body);
    const styled = sheet.replace("color-scheme: light dark", `color-scheme: ${theme}`);
    return page.replace(/<link rel="stylesheet"[^>]*>/u, () => `<style>${styled} figure { padding: 1rem; }</style>`);
  } finally {
    await engine.close();
  }
}
