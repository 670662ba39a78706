import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "./fact-index.ts";
import { literalText, operands } from "./literal.ts";

/** A question whether a value is on a list of texts that the file spells out, ends in one of them, or holds one. */
export interface Membership {
  readonly node: number;
  /** What is looked at. */
  readonly subject: number;
  /** The texts that it is compared with. */
  readonly listed: readonly string[];
  /** A single text that is looked for inside the subject. */
  readonly looksFor?: string;
  /** Each of `listed` is looked for inside the subject. */
  readonly isEach?: true;
  /** The expression that is true when something of the list was found. */
  readonly found: number;
  readonly isNegated: boolean;
}

/** Every such question of a module, in source order. */
export const memberships: (facts: ModuleFacts) => readonly Membership[] = oncePer((facts) => [...findAll(facts)]);

function* findAll(facts: ModuleFacts): Generator<Membership> {
  const { syntax } = facts;
  for (const node of nodesOfKinds(syntax, [Kind.comparison_operator, Kind.call])) {
    if (syntax.kind[node] === Kind.comparison_operator) {
      const operator = textOf(syntax, childByField(syntax, node, Field.operators)).replace(/\s+/g, " ");
      const [left, right, more] = operands(syntax, node);
      if (
        (operator !== "in" && operator !== "not in") ||
        left === undefined ||
        right === undefined ||
        more !== undefined
      )
        continue;
      const isNegated = operator === "not in";
      const looksFor = literalText(syntax, left);
      const each = eachOf(facts, node, left);
      if (looksFor !== undefined) yield { node, subject: right, listed: [], looksFor, found: node, isNegated };
      else if (each !== undefined)
        yield { node, subject: right, listed: each.listed, isEach: true, found: each.call, isNegated };
      else yield { node, subject: left, listed: textsOf(facts, right), found: node, isNegated };
    } else if (syntax.kind[node] === Kind.call) {
      const target = childByField(syntax, node, Field.function);
      if (
        syntax.kind[target] !== Kind.attribute ||
        textOf(syntax, childByField(syntax, target, Field.attribute)) !== "endswith"
      )
        continue;
      const [argument] = operands(syntax, childByField(syntax, node, Field.arguments));
      if (argument === undefined) continue;
      yield {
        node,
        subject: childByField(syntax, target, Field.object),
        listed: textsOf(facts, argument),
        found: node,
        isNegated: false,
      };
    }
  }
}

/** `any(c in value for c in "'\";")`. */
function eachOf(
  facts: ModuleFacts,
  comparison: number,
  variable: number,
): { readonly listed: readonly string[]; readonly call: number } | undefined {
  const { syntax } = facts;
  const generator = syntax.parent[comparison];
  const call = syntax.parent[generator];
  if (syntax.kind[generator] !== Kind.generator_expression || syntax.kind[call] !== Kind.call) return undefined;
  if (textOf(syntax, childByField(syntax, call, Field.function)) !== "any") return undefined;
  const clause = operands(syntax, generator).find((part) => syntax.kind[part] === Kind.for_in_clause);
  if (clause === undefined || textOf(syntax, childByField(syntax, clause, Field.left)) !== textOf(syntax, variable))
    return undefined;
  const listed = textsOf(facts, childByField(syntax, clause, Field.right));
  return { call, listed: listed.length === 1 ? [...listed[0]] : listed };
}

/** Names and calls followed one after the other: `args = tuple(args)` has no end. */
const MAX_DEPTH = 8;

/** The texts of a display, a constant, or a name that was given one. */
function textsOf(facts: ModuleFacts, node: number, depth = 0): readonly string[] {
  if (depth > MAX_DEPTH) return [];
  const { syntax } = facts;
  const single = literalText(syntax, node);
  if (single !== undefined) return [single];
  const kind = syntax.kind[node];
  if (kind === Kind.set || kind === Kind.list || kind === Kind.tuple) {
    const texts = operands(syntax, node).map((part) => literalText(syntax, part));
    return texts.every((text) => text !== undefined) ? texts : [];
  }
  if (kind === Kind.call) {
    const [inner] = operands(syntax, childByField(syntax, node, Field.arguments));
    const isSet = /^(?:set|frozenset|tuple|list)$/.test(textOf(syntax, childByField(syntax, node, Field.function)));
    return isSet && inner !== undefined ? textsOf(facts, inner, depth + 1) : [];
  }
  if (kind !== Kind.identifier) return [];
  const { assignmentsTo } = factIndex(facts);
  const name = textOf(syntax, node);
  const assigned = [...assignmentsTo(facts.scopeOf(node), name), ...assignmentsTo("", name)];
  const [only] = assigned;
  if (only === undefined || new Set(assigned).size > 1 || only.value === node) return [];
  return textsOf(facts, only.value, depth + 1);
}
