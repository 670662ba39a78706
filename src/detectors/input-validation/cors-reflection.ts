import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { literalText, operands } from "../shared/literal.ts";

const HEADER = "access-control-allow-origin";

/** The header that says which sites may read the answer, filled with the site that asks. */
export const corsReflection: ModuleDetector = {
  kind: "module",
  name: "cors-reflection",
  triggers: { words: ["origin"], and: { labels: ["remote"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.string)) {
    if (literalText(syntax, node)?.toLowerCase() !== HEADER) continue;
    const set = valueFor(syntax, node);
    if (set === undefined || !isReflected(facts, set.value) || isConditional(syntax, set.value)) continue;
    yield { node: set.statement, fields: { origin: brief(textOf(syntax, set.value)) } };
  }
}

/** What the header is set to: in a mapping, by an assignment, or as the argument behind its name. */
function valueFor(
  syntax: SyntaxArrays,
  name: number,
): { readonly statement: number; readonly value: number } | undefined {
  const parent = syntax.parent[name];
  switch (syntax.kind[parent]) {
    case Kind.pair: {
      const value = childByField(syntax, parent, Field.value);
      return value === NONE || value === name ? undefined : { statement: parent, value };
    }
    case Kind.subscript: {
      const assignment = syntax.parent[parent];
      if (syntax.kind[assignment] !== Kind.assignment || childByField(syntax, assignment, Field.left) !== parent)
        return undefined;
      const value = childByField(syntax, assignment, Field.right);
      return value === NONE ? undefined : { statement: assignment, value };
    }
    case Kind.argument_list: {
      const args = operands(syntax, parent);
      const value = args[args.indexOf(name) + 1];
      return value === undefined ? undefined : { statement: syntax.parent[parent], value };
    }
    default:
      return undefined;
  }
}

/** From the request, and nothing was found out about the host in it. */
function isReflected(facts: ModuleFacts, value: number): boolean {
  const fact = facts.value(value);
  return fact?.labels.includes("remote") === true && !fact.cleared.includes("ssrf");
}

/** Under a condition that looks at the same value, by whatever means, somebody has thought about it. */
function isConditional(syntax: SyntaxArrays, value: number): boolean {
  const names = new Set<string>();
  for (let node = value; node < syntax.next[value]; node++) {
    if (syntax.kind[node] === Kind.identifier) names.add(textOf(syntax, node));
  }
  let at = ancestorOfKind(syntax, value, Kind.if_statement, Kind.elif_clause, Kind.conditional_expression);
  while (at !== NONE) {
    const condition = syntax.kind[at] === Kind.conditional_expression ? at : childByField(syntax, at, Field.condition);
    const isBare = syntax.kind[condition] === Kind.identifier;
    if (!isBare && mentions(syntax, condition, names, value)) return true;
    at = ancestorOfKind(syntax, at, Kind.if_statement, Kind.elif_clause, Kind.conditional_expression);
  }
  return false;
}

function mentions(syntax: SyntaxArrays, condition: number, names: ReadonlySet<string>, value: number): boolean {
  for (let node = condition; node < syntax.next[condition]; node++) {
    const isOutside = node < value || node >= syntax.next[value];
    if (isOutside && syntax.kind[node] === Kind.identifier && names.has(textOf(syntax, node))) return true;
  }
  return false;
}
