import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText, operands } from "./literal.ts";

export interface FormatPlace {
  /** The template's text up to the place. */
  readonly before: string;
  /** The conversion's letter: `s`, `d`, `x`; empty where a replacement field names none. */
  readonly conversion: string;
}

/** `%s`, `%(name)s`, `%-10.2f`; `%%` is a sign of its own. */
const PERCENT = /%(?:%|(?:\((\w+)\))?[-#0 +]*(?:\d+)?(?:\.\d+)?[hlL]?([a-zA-Z]))/g;
/** `{}`, `{0}`, `{name!r:>10}`; `{{` is a sign of its own. */
const FIELD = /\{\{|\{(\w*)[^{}:]*(?::([^{}]*))?\}/g;

/** Where a value stands in the template that `%` or `.format` writes it into; undefined where the template is not known. */
export function formatPlace(facts: ModuleFacts, value: number): FormatPlace | undefined {
  const { syntax } = facts;
  let item = value;
  while (syntax.kind[syntax.parent[item]] === Kind.parenthesized_expression) item = syntax.parent[item];
  const parent = syntax.parent[item];
  switch (syntax.kind[parent]) {
    case Kind.binary_operator:
      return percentPlace(facts, parent, item, 0);
    case Kind.tuple:
      return percentPlace(facts, syntax.parent[parent], parent, operands(syntax, parent).indexOf(item));
    case Kind.argument_list:
      return fieldPlace(facts, syntax.parent[parent], operands(syntax, parent).indexOf(item));
    case Kind.keyword_argument: {
      const call = syntax.parent[syntax.parent[parent]];
      return fieldPlace(facts, call, textOf(syntax, childByField(syntax, parent, Field.name)));
    }
    default:
      return undefined;
  }
}

function percentPlace(facts: ModuleFacts, operation: number, right: number, at: number): FormatPlace | undefined {
  const { syntax } = facts;
  if (syntax.kind[operation] !== Kind.binary_operator) return undefined;
  if (syntax.kind[childByField(syntax, operation, Field.operator)] !== Kind.token_percent) return undefined;
  if (childByField(syntax, operation, Field.right) !== right) return undefined;
  const template = templateOf(facts, childByField(syntax, operation, Field.left));
  const places = [...(template ?? "").matchAll(PERCENT)].filter(([, , conversion]) => conversion !== undefined);
  const place = places[at];
  if (template === undefined || place === undefined || place[1] !== undefined) return undefined;
  return { before: template.slice(0, place.index), conversion: place[2] ?? "" };
}

function fieldPlace(facts: ModuleFacts, call: number, wanted: number | string): FormatPlace | undefined {
  const { syntax } = facts;
  const callee = childByField(syntax, call, Field.function);
  if (syntax.kind[callee] !== Kind.attribute) return undefined;
  if (textOf(syntax, childByField(syntax, callee, Field.attribute)) !== "format") return undefined;
  const template = templateOf(facts, childByField(syntax, callee, Field.object));
  if (template === undefined) return undefined;
  const places = [...template.matchAll(FIELD)].filter(([whole]) => whole !== "{{");
  const isWanted = (name: string | undefined, at: number) => (name === "" ? at === wanted : name === String(wanted));
  const place = places.find(([, name], at) => isWanted(name, at));
  if (place === undefined) return undefined;
  return { before: template.slice(0, place.index), conversion: /[a-zA-Z%]$/.exec(place[2] ?? "")?.[0] ?? "" };
}

function templateOf(facts: ModuleFacts, node: number): string | undefined {
  const literal = literalText(facts.syntax, node);
  if (literal !== undefined) return literal;
  const [constant, ...others] = facts.value(node)?.constants ?? [];
  return typeof constant === "string" && others.length === 0 ? constant : undefined;
}
