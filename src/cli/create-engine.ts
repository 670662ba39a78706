import type { Engine } from "../analysis/analyser.ts";
import { createAnalyse } from "../analysis/create-analyse.ts";
import { DETECTORS } from "../detectors/registry.ts";
import { loadRules } from "../engine/load-rules.ts";
import { chooseParser } from "../python/choose-parser.ts";
import type { Work } from "./context.ts";

export async function createEngine(_work: Work): Promise<Engine> {
  const analyse = createAnalyse({ parser: await chooseParser(), ruleSet: await loadRules(), detectors: DETECTORS });
  return { analyse: async (task) => analyse(task), close: async () => {} };
}
