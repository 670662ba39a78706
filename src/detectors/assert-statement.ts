import { Kind } from "../python/kinds.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { ModuleFacts } from "../taint/facts.ts";

/** Every `assert`. */
export const assertStatement: ModuleDetector = {
  kind: "module",
  name: "assert-statement",
  prepare: () => detect,
};

function* detect({ syntax }: ModuleFacts): Generator<Detection> {
  for (let node = 0; node < syntax.count; node++) {
    if (syntax.kind[node] === Kind.assert_statement) yield { node, fields: {} };
  }
}
