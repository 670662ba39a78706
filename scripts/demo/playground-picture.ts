import { createChildPool } from "../../src/engine/child-pool.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { FOLDER_LINKS } from "../../src/pages/links.ts";
import { drawPlaygroundPage } from "../../src/pages/playground-page.ts";
import { drawPlaygroundResult } from "../../src/pages/playground-result.ts";
import { analysePaste } from "../../src/service/analyse-paste.ts";
import { exampleToPaste } from "../../src/service/example-to-paste.ts";
import { withStyle } from "./with-style.ts";

/** The playground with the example of a rule and what is said of it, its style sheet inside. */
export async function drawPlaygroundPicture(id: string, theme: "light" | "dark"): Promise<string> {
  const { rules } = await loadRules();
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const code = exampleToPaste(byId.get(id));
  const engine = createChildPool({ size: 1 });
  try {
    const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
    const review = await analysePaste({ engine, rules: byId }, code, options);
    const links = { ...FOLDER_LINKS, playground: "playground.html" };
    const result = drawPlaygroundResult(review, byId, links);
    return withStyle(String(await drawPlaygroundPage({ code, audit: false, result }, links)), theme, "");
  } finally {
    await engine.close();
  }
}
