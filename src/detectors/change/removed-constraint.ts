import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { branchConditionsIn } from "./conditions.ts";
import { bodyOf } from "./guards.ts";
import { isOtherwise } from "./removed-validator.ts";

const Options = z.strictObject({
  /** Patterns of API paths whose calls declare what a field or a parameter may hold. */
  callees: z.array(z.string()).min(1),
  constraints: z
    .array(
      z.strictObject({
        /** Keywords that bound the same: one takes the place of another. */
        keywords: z.array(z.string()).min(1),
        /** What the field's name has to be like, where the bound protects no others. */
        names: z.string().optional(),
        /** What the field takes without them, for a message. */
        without: z.string(),
      }),
    )
    .min(1),
});

type Constraint = z.infer<typeof Options>["constraints"][number];

/** Bounds of what a field or a parameter may hold, which its declaration had and has no more. */
export const removedConstraint: ChangeDetector = {
  kind: "change",
  name: "removed-constraint",
  prepare: (raw) => {
    const { callees, constraints } = Options.parse(raw);
    const pattern = new RegExp(callees.map((one) => `(?:${one})`).join("|"), "u");
    const words = new RegExp(`\\b(?:${constraints.flatMap(({ keywords }) => keywords).join("|")})\\b`);
    return {
      concerns: ({ removed }) => words.test(removed),
      detect: (sides) => detect(sides, (call) => call.callee.some((path) => pattern.test(path)), constraints),
    };
  },
};

function* detect(
  sides: ChangeSides,
  declares: (call: CallFact) => boolean,
  constraints: readonly Constraint[],
): Generator<Detection> {
  const now = declarationsIn(sides.head, declares);
  const bare = oncePerKey(bareDeclarations(sides.head));
  const known = constraints.flatMap(({ keywords }) => keywords);
  for (const [key, before] of declarationsIn(sides.base, declares)) {
    const after = now.has(key) ? now.get(key) : bare.get(key);
    if (before?.call === undefined || after === undefined || after.call?.doubleSplat === true) continue;
    // Another class of field may look by itself.
    if (after.call !== undefined && lastPart(before.call.name) !== lastPart(after.call.name)) continue;
    const gained = known.filter((keyword) => has(after, keyword) && !has(before, keyword));
    if (gained.length > 0 || before.rest !== after.rest || asksNoLess(sides, after)) continue;
    for (const { keywords, names, without } of constraints) {
      if (names !== undefined && !new RegExp(names, "iu").test(after.name)) continue;
      const [lost] = before.call.args.filter(({ keyword }) => keyword !== undefined && keywords.includes(keyword));
      if (lost?.keyword === undefined || keywords.some((keyword) => has(after, keyword))) continue;
      const argument = textOf(sides.base.syntax, lost.node);
      if (argument === "None") continue;
      yield { node: after.node, fields: { keyword: lost.keyword, argument, holder: after.name, without } };
    }
  }
}

interface Declaration {
  /** None where a type is all that is said. */
  readonly call?: CallFact;
  readonly node: number;
  /** The field or parameter. */
  readonly name: string;
  /** The qualified name of the class or function around it. */
  readonly scope: string;
  /** What is declared beside the call, without spaces: type and name. */
  readonly rest: string;
}

/** By scope and name; undefined where a name is declared more than once. */
function declarationsIn(
  facts: ModuleFacts,
  declares: (call: CallFact) => boolean,
): ReadonlyMap<string, Declaration | undefined> {
  return oncePerKey(facts.calls.flatMap((call) => (declares(call) ? (declarationOf(facts, call) ?? []) : [])));
}

function oncePerKey(declarations: Iterable<Declaration>): ReadonlyMap<string, Declaration | undefined> {
  const found = new Map<string, Declaration | undefined>();
  for (const one of declarations) {
    const key = `${one.scope}\0${one.name}`;
    found.set(key, found.has(key) ? undefined : one);
  }
  return found;
}

/** `amount: int` and `amount: int = 50`, of which nothing more is said. */
function* bareDeclarations(facts: ModuleFacts): Generator<Declaration> {
  const { syntax } = facts;
  for (const node of nodesOfKinds(syntax, [Kind.assignment, Kind.typed_parameter, Kind.typed_default_parameter])) {
    if (childByField(syntax, node, Field.type) === NONE) continue;
    const field = syntax.kind[node] === Kind.assignment ? Field.right : Field.value;
    const value = childByField(syntax, node, field);
    if (value !== NONE && !PLAIN.has(syntax.kind[value])) continue;
    const declared = holderAt(facts, node);
    const said = syntax.text.slice(syntax.start[node], value === NONE ? syntax.end[node] : syntax.start[value]);
    if (declared !== undefined) yield { ...declared, node, rest: restOf(said) };
  }
}

const PLAIN: ReadonlySet<number> = new Set([Kind.integer, Kind.float, Kind.string, Kind.none, Kind.true, Kind.false]);

const HOLDERS: readonly number[] = [
  Kind.assignment,
  Kind.typed_parameter,
  Kind.typed_default_parameter,
  Kind.default_parameter,
];

function declarationOf(facts: ModuleFacts, call: CallFact): Declaration | undefined {
  const { syntax } = facts;
  const holder = ancestorOfKind(syntax, call.node, ...HOLDERS, Kind.function_definition, Kind.class_definition);
  if (holder === NONE || !HOLDERS.includes(syntax.kind[holder])) return undefined;
  const declared = holderAt(facts, holder);
  const text = textOf(syntax, holder).replace(textOf(syntax, call.node), "");
  return declared && { ...declared, call, node: call.node, rest: restOf(text) };
}

/** `amount: int =` says as much as `amount: int`. */
function restOf(text: string): string {
  return text.replace(/\s+/g, "").replace(/=$/, "");
}

function holderAt(facts: ModuleFacts, holder: number): Pick<Declaration, "name" | "scope"> | undefined {
  const { syntax } = facts;
  const isAssigned = syntax.kind[holder] === Kind.assignment;
  const named = isAssigned
    ? childByField(syntax, holder, Field.left)
    : [childByField(syntax, holder, Field.name), firstNamedChild(syntax, holder)].find((node) => node !== NONE);
  if (named === undefined || named === NONE) return undefined;
  const owner = ancestorOfKind(syntax, holder, Kind.function_definition, Kind.class_definition);
  const scope = isAssigned ? facts.scopeOf(holder) : definitionName(facts, owner);
  return { name: textOf(syntax, named), scope };
}

function definitionName({ definitions }: ModuleFacts, node: number): string {
  return definitions.find((one) => one.node === node)?.qualifiedName ?? "";
}

function has({ call }: Declaration, keyword: string): boolean {
  return call?.args.some((one) => one.keyword === keyword) === true;
}

/** Whether a class gained a method or other bases, or a function asks more about a parameter than before. */
export function asksNoLess(
  sides: ChangeSides,
  { scope, name }: { readonly scope: string; readonly name: string },
): boolean {
  const asked = (facts: ModuleFacts) => {
    const owner = factIndex(facts).definedAs(scope)[0];
    const body = owner?.kind === "function" ? bodyOf(facts, owner) : NONE;
    return branchConditionsIn(facts, body).filter(({ subjects }) => subjects.has(name)).length;
  };
  return isOtherwise(sides, scope) || asked(sides.head) > asked(sides.base);
}
