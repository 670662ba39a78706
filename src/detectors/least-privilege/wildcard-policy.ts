import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { NONE } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { entryOf } from "../shared/entry-of.ts";
import { literalText, operands } from "../shared/literal.ts";

const ALL_ACTIONS = new Set(["*", "*:*", "iam:*"]);

/** Statements of an access policy of AWS or a role of Kubernetes that allow everything on everything. */
export const wildcardPolicy: ModuleDetector = {
  kind: "module",
  name: "wildcard-policy",
  triggers: { names: ["PolicyStatement", "V1PolicyRule", "Action"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.dictionary)) {
    const entry = (key: string) => texts(syntax, entryOf(syntax, node, key));
    const action = entry("Action").find((text) => ALL_ACTIONS.has(text));
    const isAllowed = entry("Effect").includes("Allow") && entryOf(syntax, node, "Condition") === NONE;
    if (action !== undefined && isAllowed && entry("Resource").includes("*"))
      yield { node, fields: { callee: action } };
  }
  for (const call of facts.calls) {
    const argument = (keyword: string) => texts(syntax, call.args.find((one) => one.keyword === keyword)?.node ?? NONE);
    if (/(?:^|\.)V1PolicyRule$/.test(call.name)) {
      const isAll = ["verbs", "resources"].every((keyword) => argument(keyword).includes("*"));
      if (isAll) yield { node: call.node, call, fields: { callee: call.name } };
    }
    if (!/(?:^|\.)PolicyStatement$/.test(call.name)) continue;
    const action = argument("actions").find((text) => ALL_ACTIONS.has(text));
    const isLimited = call.args.some(({ keyword }) => keyword === "conditions" || keyword === "effect");
    if (action !== undefined && !isLimited && argument("resources").includes("*"))
      yield { node: call.node, call, fields: { callee: action } };
  }
}

/** A text, or the texts of a list. */
function texts(syntax: SyntaxArrays, node: number): readonly string[] {
  if (node === NONE) return [];
  const parts = syntax.kind[node] === Kind.list || syntax.kind[node] === Kind.tuple ? operands(syntax, node) : [node];
  return parts.map((part) => literalText(syntax, part)).filter((text) => text !== undefined);
}
