import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
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
  const { kind, parent } = facts.syntax;
  let item = value;
  while (kind[parent[item]] === Kind.parenthesized_expression) item = parent[item];
  const around = parent[item];
  switch (kind[around]) {
    case Kind.binary_operator:
      return placesOf(facts, around, percentPlaces).get(item);
    case Kind.tuple:
      return placesOf(facts, parent[around], percentPlaces).get(item);
    case Kind.argument_list:
      return placesOf(facts, parent[around], fieldPlaces).get(item);
    case Kind.keyword_argument:
      return placesOf(facts, parent[parent[around]], fieldPlaces).get(around);
    default:
      return undefined;
  }
}

/** By the operand that is written there. */
type Places = ReadonlyMap<number, FormatPlace>;

const NOWHERE: Places = new Map();
const knownPlaces = oncePer((_: ModuleFacts) => new Map<number, Places>());

/** Worked out for all operands at once: a template may have thousands. */
function placesOf(
  facts: ModuleFacts,
  operation: number,
  find: (facts: ModuleFacts, operation: number) => Places,
): Places {
  const known = knownPlaces(facts);
  const places = known.get(operation) ?? find(facts, operation);
  known.set(operation, places);
  return places;
}

/** The right operand stands at the first place, and what a tuple there holds at one after the other. */
function percentPlaces(facts: ModuleFacts, operation: number): Places {
  const { syntax } = facts;
  if (syntax.kind[operation] !== Kind.binary_operator) return NOWHERE;
  if (syntax.kind[childByField(syntax, operation, Field.operator)] !== Kind.token_percent) return NOWHERE;
  const template = templateOf(facts, childByField(syntax, operation, Field.left));
  if (template === undefined) return NOWHERE;
  const right = childByField(syntax, operation, Field.right);
  const items = syntax.kind[right] === Kind.tuple ? operands(syntax, right) : [];
  const written = [...template.matchAll(PERCENT)].filter(([, , conversion]) => conversion !== undefined);
  const places = new Map<number, FormatPlace>();
  for (const [at, { 1: key, 2: conversion = "", index }] of written.entries()) {
    if (key !== undefined) continue;
    const place = { before: template.slice(0, index), conversion };
    if (at === 0) places.set(right, place);
    const item = items[at];
    if (item !== undefined) places.set(item, place);
  }
  return places;
}

function fieldPlaces(facts: ModuleFacts, call: number): Places {
  const { syntax } = facts;
  const callee = childByField(syntax, call, Field.function);
  if (syntax.kind[callee] !== Kind.attribute) return NOWHERE;
  if (textOf(syntax, childByField(syntax, callee, Field.attribute)) !== "format") return NOWHERE;
  const template = templateOf(facts, childByField(syntax, callee, Field.object));
  if (template === undefined) return NOWHERE;
  const fields = new Map<string, FormatPlace>();
  for (const [at, { 1: name, 2: specifier = "", index }] of [...template.matchAll(FIELD)].filter(isField).entries()) {
    const key = name || String(at);
    const conversion = /[a-zA-Z%]$/.exec(specifier)?.[0] ?? "";
    if (!fields.has(key)) fields.set(key, { before: template.slice(0, index), conversion });
  }
  const places = new Map<number, FormatPlace>();
  for (const [at, item] of operands(syntax, childByField(syntax, call, Field.arguments)).entries()) {
    const isNamed = syntax.kind[item] === Kind.keyword_argument;
    const place = fields.get(isNamed ? textOf(syntax, childByField(syntax, item, Field.name)) : String(at));
    if (place !== undefined) places.set(item, place);
  }
  return places;
}

function isField([whole]: RegExpExecArray): boolean {
  return whole !== "{{";
}

function templateOf(facts: ModuleFacts, node: number): string | undefined {
  const literal = literalText(facts.syntax, node);
  if (literal !== undefined) return literal;
  const [constant, ...others] = facts.value(node)?.constants ?? [];
  return typeof constant === "string" && others.length === 0 ? constant : undefined;
}
