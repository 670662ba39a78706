import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";

const SETTING = "REST_FRAMEWORK";
const THROTTLES: readonly string[] = ["DEFAULT_THROTTLE_CLASSES", "DEFAULT_THROTTLE_RATES"];

/** Settings of Django REST framework that are known in full and say nothing of how often anybody may ask. */
export const unthrottledApi: ModuleDetector = {
  kind: "module",
  name: "unthrottled-api",
  triggers: { names: [SETTING] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  // Set in parts: `REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] = …`.
  if (facts.assignments.some(({ name }) => THROTTLES.some((key) => name.startsWith(SETTING) && name.includes(key))))
    return;
  for (const { node, name, valueFact } of facts.assignments) {
    const isWhole = name === SETTING && facts.scopeOf(node) === "" && valueFact.complete === true;
    if (isWhole && !THROTTLES.some((key) => valueFact.entries?.has(key))) yield { node, fields: { name } };
  }
}
