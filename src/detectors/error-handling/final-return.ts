import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";

/** `return` in a `finally` clause, which takes the place of whatever was raised. */
export const finalReturn: ModuleDetector = {
  kind: "module",
  name: "final-return",
  triggers: { nodes: [Kind.finally_clause] },
  prepare: () => detect,
};

function* detect({ syntax }: ModuleFacts): Generator<Detection> {
  for (const node of nodesOfKind(syntax, Kind.return_statement)) {
    const around = ancestorOfKind(syntax, node, Kind.finally_clause, Kind.function_definition, Kind.class_definition);
    if (syntax.kind[around] === Kind.finally_clause) yield { node, fields: {} };
  }
}
