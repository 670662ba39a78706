import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { namedChildren, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

const OF_REQUEST = new Set(["remote", "upload", "password", "secret"]);
const SAYS_REQUEST = /\b(?:request|req|current_user|session|g\.user|get_current_user)\b/;

/** Handlers that keep what belongs to one request in a variable of the module, which all requests share. */
export const requestInGlobal: ModuleDetector = {
  kind: "module",
  name: "request-in-global",
  triggers: { isRoute: true },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const routes = new Set(facts.definitions.filter(({ isRoute }) => isRoute).map(({ qualifiedName }) => qualifiedName));
  for (const node of nodesOfKind(syntax, Kind.global_statement)) {
    if (!routes.has(facts.scopeOf(node))) continue;
    for (const name of namedChildren(syntax, node).map((child) => textOf(syntax, child))) {
      const kept = factIndex(facts)
        .assignmentsTo(facts.scopeOf(node), name)
        .find(
          ({ value, valueFact }) =>
            valueFact.labels.some((label) => OF_REQUEST.has(label)) || SAYS_REQUEST.test(textOf(syntax, value)),
        );
      if (kept !== undefined) yield { node: kept.node, fields: { name, handler: facts.scopeOf(node) } };
    }
  }
}
