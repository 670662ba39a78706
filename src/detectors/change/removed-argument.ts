import { z } from "zod";
import { textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { lastPart } from "./guards.ts";
import { basesOf, nameNode } from "./surroundings.ts";

const Options = z.strictObject({
  arguments: z
    .array(
      z.strictObject({
        /** Patterns of API paths, or of the name as it is written. */
        callee: z.string(),
        keyword: z.string(),
        /** What the argument has to be to protect: something, true, or false. */
        is: z.enum(["given", "true", "false"]),
        /** Whether the call does more harm where the argument is gone, and where it is the opposite now. */
        "when-gone": z.boolean().default(true),
        "when-opposite": z.boolean().default(false),
        /** The only text that protects, where others do not. */
        equals: z.string().optional(),
        /** What the call does without it, for a message. */
        without: z.string(),
      }),
    )
    .min(1),
});

/** Arguments by which a call did less harm, and which the same call has no more. */
export const removedArgument: ChangeDetector = {
  kind: "change",
  name: "removed-argument",
  prepare: (raw) => {
    const known = Options.parse(raw).arguments.map((one) => ({ ...one, callee: new RegExp(one.callee, "u") }));
    const words = new RegExp(`\\b(?:${[...new Set(known.map(({ keyword }) => keyword))].join("|")})\\b`);
    return { concerns: ({ removed }) => words.test(removed), detect: (sides) => detect(sides, known) };
  },
};

interface Known {
  readonly callee: RegExp;
  readonly keyword: string;
  readonly is: "given" | "true" | "false";
  readonly equals?: string | undefined;
  readonly "when-gone": boolean;
  readonly "when-opposite": boolean;
  readonly without: string;
}

function* detect(sides: ChangeSides, known: readonly Known[]): Generator<Detection> {
  const { base, head } = sides;
  for (const before of base.calls) {
    const due = known.filter(({ callee }) => isCalled(before, callee));
    for (const one of due) {
      const { keyword, is, equals, without } = one;
      const argument = argumentOf(before, keyword);
      if (argument === undefined || !protects(argument, is, equals)) continue;
      const after = sameCall(sides, before);
      const owner = after === undefined ? ownerWithout(sides, before) : undefined;
      if (owner !== undefined) {
        const argumentText = textOf(base.syntax, argument.node);
        yield { node: nameNode(head, owner), fields: { argument: argumentText, keyword, call: owner.name, without } };
        continue;
      }
      if (after === undefined || after.doubleSplat) continue;
      const now = argumentOf(after, keyword);
      if (now !== undefined) {
        const isExchanged = equals !== undefined && now.value.constants.length > 0 && !protects(now, is, equals);
        if (!isExchanged && (!one["when-opposite"] || !isOpposite(now, is))) continue;
        yield {
          node: after.node,
          fields: { argument: textOf(base.syntax, argument.node), keyword, call: after.name, without },
        };
        continue;
      }
      if (!one["when-gone"]) continue;
      // Several calls became one another's: the argument is where it was.
      if (countOf(head, before, keyword) >= countOf(base, before, keyword)) continue;
      yield {
        node: after.node,
        fields: { argument: textOf(base.syntax, argument.node), keyword, call: after.name, without },
      };
    }
  }
}

function isCalled({ name, callee }: CallFact, pattern: RegExp): boolean {
  return pattern.test(name) || callee.some((path) => pattern.test(path));
}

function argumentOf({ args }: CallFact, keyword: string): ArgumentFact | undefined {
  return args.find((one) => one.keyword === keyword);
}

function protects({ value: { constants } }: ArgumentFact, is: Known["is"], equals: Known["equals"]): boolean {
  if (equals !== undefined) return constants.length > 0 && constants.every((one) => one === equals);
  if (is === "false") return constants.length > 0 && constants.every((one) => one === false);
  const isNothing = constants.length > 0 && constants.every((one) => one === null || one === false);
  return !isNothing && (is === "given" || constants.length === 0 || constants.every(Boolean));
}

function isOpposite({ value: { constants } }: ArgumentFact, is: Known["is"]): boolean {
  return constants.length > 0 && is !== "given" && constants.every((one) => one === (is === "false"));
}

/** The call of that name in the same function: the only one, or the one with the same first argument. */
function sameCall({ base, head }: ChangeSides, before: CallFact): CallFact | undefined {
  const scope = base.scopeOf(before.node);
  const isSame = (facts: ModuleFacts) => (call: CallFact) =>
    call.name === before.name && facts.scopeOf(call.node) === scope;
  const then = base.calls.filter(isSame(base));
  const now = head.calls.filter(isSame(head));
  const [only] = now;
  if (then.length === 1 && now.length === 1) return only;
  const first = firstOf(base, before);
  const alike = now.filter((call) => firstOf(head, call) === first);
  return alike.length === 1 && then.filter((call) => firstOf(base, call) === first).length === 1 ? alike[0] : undefined;
}

/** The class at the head whose setting (`model_config = …`) is gone as a whole, though it builds on the same classes. */
function ownerWithout({ base, head }: ChangeSides, { node }: CallFact): DefinitionFact | undefined {
  const scope = base.scopeOf(node);
  const setting = base.assignments.find((one) => one.value === node && base.scopeOf(one.node) === scope);
  const owner = head.definitions.find(({ kind, qualifiedName }) => kind === "class" && qualifiedName === scope);
  if (setting === undefined || owner === undefined) return undefined;
  if (basesOf(base, scope).join() !== basesOf(head, scope).join()) return undefined;
  const isStated = head.assignments.some((one) => one.name === setting.name && head.scopeOf(one.node) === scope);
  // What has its settings in an inner class, as pydantic 1 had them.
  const isInside = head.definitions.some(({ qualifiedName }) => qualifiedName === `${scope}.Config`);
  return isStated || isInside ? undefined : owner;
}

function firstOf({ syntax }: ModuleFacts, { args }: CallFact): string {
  const first = args.find(({ position }) => position === 0);
  return first === undefined ? "" : textOf(syntax, first.node);
}

/** How many calls of that method or function in the file have the argument. */
function countOf({ calls }: ModuleFacts, { name }: CallFact, keyword: string): number {
  return calls.filter((call) => lastPart(call.name) === lastPart(name) && argumentOf(call, keyword) !== undefined)
    .length;
}
