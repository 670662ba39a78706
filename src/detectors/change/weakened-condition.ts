import { Field } from "../../python/kinds.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { ENDS } from "./conditions.ts";
import { holdsLess } from "./formula.ts";
import { bodyOf, parametersText } from "./guards.ts";
import { asPositive, type Question } from "./question.ts";
import {
  isProtecting,
  onlyNew,
  onOneLine,
  type SplitCondition,
  splitConditionsIn,
  withoutNot,
} from "./split-conditions.ts";
import { isOfGuard } from "./who-may.ts";

/** How a function lets through more than before. */
export interface Loss {
  /** In words, what the function does now; `by` is code. */
  readonly loss: string;
  readonly by: string;
}

/** What a function asked at the base, and what it asks at the head. */
interface Asked extends ChangeSides {
  readonly before: DefinitionFact;
  readonly after: DefinitionFact;
  readonly then: readonly SplitCondition[];
  readonly now: readonly SplitCondition[];
  /** The one question that is new. */
  readonly changed: SplitCondition;
}

const WEAKER: readonly { readonly loss: string; readonly find: (asked: Asked) => string | undefined }[] = [
  { loss: "asks less than before: gone is", find: lostPart },
  { loss: "lets in those who send nothing to check, for it no longer always asks", find: madeOptional },
  { loss: "lets in those who send nothing to check, for it no longer always asks", find: wrapped },
  { loss: "asks only where a caller wants it to, which none does by itself:", find: onRequest },
  { loss: "asks less than before: joined the other way is", find: joinedOtherwise },
  { loss: "does the opposite of what it did: turned round is", find: turnedRound },
];

/** A condition of a function that is weaker than before; undefined where none is, or more than one question is new. */
export function weakenedCondition(sides: ChangeSides, before: DefinitionFact, after: DefinitionFact): Loss | undefined {
  const then = splitConditionsIn(sides.base, before);
  const now = splitConditionsIn(sides.head, after);
  const changed = onlyNew(then, now);
  if (changed === undefined) return undefined;
  for (const { loss, find } of WEAKER) {
    const by = find({ ...sides, before, after, then, now, changed });
    if (by !== undefined) return { loss, by };
  }
  return undefined;
}

/**
 * A part of a condition that asked who is there, or whether a value is listed, where the head asks the rest of it alone; as it is written.
 * Undefined where nothing is lost.
 */
function lostPart({ base, head, after, then, now, changed }: Asked): string | undefined {
  const kept = new Set(now.map(({ text }) => text));
  const body = bodyOf(head, after);
  const written = body === NONE ? "" : onOneLine(textOf(head.syntax, body));
  for (const condition of then) {
    if (kept.has(condition.text) || condition.parts.length < 2) continue;
    const lost = condition.parts.filter((part) => !changed.parts.includes(part));
    const isRest = changed.parts.length > 0 && changed.parts.every((part) => condition.parts.includes(part));
    if (!isRest || lost.length === 0 || !isWeaker(condition, changed)) continue;
    const found = lost.find((part) => isProtecting(base, part) && !written.includes(withoutNot(part)));
    if (found !== undefined) return condition.written.get(found);
  }
  return undefined;
}

/**
 * A refusal that the head gives only where something is there at all, as it is written: `not compare_digest(sent, expected)` of `if sent and
 * not compare_digest(sent, expected)`: who sends nothing gets through. Undefined where none became so.
 */
function madeOptional({ base, then, changed }: Asked): string | undefined {
  if (changed.operator !== "and" || !changed.refuses) return undefined;
  const found = then.find(({ refuses, operator, text, parts }) => {
    const added = changed.parts.filter((part) => !parts.includes(part));
    // What was refused where nothing was there is let through where it is not.
    const isOtherwise = (part: string) => operator === "or" && isAbsence(part, changed.parts);
    const isAll = operator !== "or" && parts.every((part) => changed.parts.includes(part));
    const isTurned =
      operator === "or" &&
      parts.some(isOtherwise) &&
      parts.every((part) => isOtherwise(part) || changed.parts.includes(part));
    const isOptional = added.every((part) => isPresence(part, text));
    return (
      refuses && (isAll || isTurned) && added.length > 0 && isOptional && parts.some((part) => isProtecting(base, part))
    );
  });
  return found && [...found.written.values()].join(" and ");
}

/**
 * A refusal that the head gives only below a question whether something was sent at all, `if sent:`, where the base always gave it; as it
 * is written. Undefined where what is not there is turned away, or where nothing is done behind the question.
 */
function wrapped({ base, head, then, now, changed }: Asked): string | undefined {
  const [asked = ""] = changed.parts;
  const { syntax } = head;
  const { block } = changed;
  if (changed.operator !== undefined || block === NONE || endsWay(head, block)) return undefined;
  if (now.some((one) => one.refuses && one.parts.some((part) => isAbsence(part, [asked])))) return undefined;
  const found = now.find(
    ({ refuses, node, text, parts }) =>
      refuses &&
      block < node &&
      node < syntax.next[block] &&
      isPresence(asked, text) &&
      parts.some((part) => isProtecting(base, part)) &&
      then.some((one) => one.refuses && one.text === text),
  );
  return found && [...found.written.values()].join(` ${found.operator} `);
}

/**
 * A refusal that the head gives only where a new parameter says so, which is off by default: `if strict and not verify(text, signature)`. As
 * it is written at the base; undefined where none became so.
 */
function onRequest({ base, head, before, after, then, changed }: Asked): string | undefined {
  if (changed.operator !== "and" || !changed.refuses) return undefined;
  const known = new Set(before.parameters.map(({ name }) => name));
  const written = parametersText(head, after);
  const isOff = (part: string) =>
    !known.has(part) && new RegExp(`\\b${part}(?::\\w+)?=(?:False|None)\\b`).test(written);
  const found = then.find(
    ({ refuses, operator, parts }) =>
      refuses &&
      operator !== "or" &&
      parts.every((part) => changed.parts.includes(part)) &&
      parts.some((part) => isProtecting(base, part)) &&
      changed.parts.some((part) => /^\w+$/.test(part) && !parts.includes(part) && isOff(part)),
  );
  return found && [...found.written.values()].join(" and ");
}

/** Whether nothing behind a block is done where it was run, or another one is run in its place. */
function endsWay({ syntax }: ModuleFacts, block: number): boolean {
  const last = namedChildren(syntax, block).at(-1);
  const isElse = childByField(syntax, syntax.parent[block], Field.alternative) !== NONE;
  return isElse || last === undefined || ENDS.has(syntax.kind[last]);
}

/**
 * A condition of the same questions, joined in another way so that more is let through: `order is None and order.owner != user` where it
 * was `or`, as it is written at the head. Undefined where none is.
 */
function joinedOtherwise({ base, head, then, changed }: Asked): string | undefined {
  const isSame = then.some(
    (one) =>
      one.refuses === changed.refuses &&
      holdsLess(
        changed.refuses ? { facts: base, node: one.node } : { facts: head, node: changed.node },
        changed.refuses ? { facts: head, node: changed.node } : { facts: base, node: one.node },
      ) &&
      [...one.written.keys()].some((part) => isProtecting(base, part)),
  );
  return isSame ? [...changed.written.values()].join(` ${changed.operator} `) : undefined;
}

/**
 * A condition that asks the opposite of what it asked, in front of the same block: `if is_owner(user): raise Forbidden`. As it is written
 * at the head; undefined where none does, or where what it asks about is made otherwise.
 */
function turnedRound({ base, head, before, after, then, changed }: Asked): string | undefined {
  if (changed.block === NONE) return undefined;
  const block = onOneLine(textOf(head.syntax, changed.block));
  for (const one of then) {
    if (one.block === NONE || onOneLine(textOf(base.syntax, one.block)) !== block) continue;
    const [was, now] = onlyOther(one, changed);
    if (was === undefined || now === undefined) continue;
    const [question, opposite] = [asPositive(was), asPositive(now)];
    const isOpposite = question.text === opposite.text && question.isNegated !== opposite.isNegated;
    const asks = isProtecting(base, was) || isProtecting(base, question.text) || isOfGuard(before.qualifiedName);
    if (!isOpposite || !asks || !isRight(one, question)) continue;
    const isMadeOtherwise = madeText(base, before, opposite.text) !== madeText(head, after, opposite.text);
    return isMadeOtherwise ? undefined : changed.written.get(now);
  }
  return undefined;
}

/** The one part in which two conditions differ that are joined alike, of each. */
function onlyOther(one: SplitCondition, other: SplitCondition): readonly [string?, string?] {
  if (one.operator !== other.operator || one.parts.length !== other.parts.length) return [];
  const [was, ...more] = one.parts.filter((part) => !other.parts.includes(part));
  const [now, ...others] = other.parts.filter((part) => !one.parts.includes(part));
  return more.length > 0 || others.length > 0 ? [] : [was, now];
}

/** What speaks against somebody; every other question that protects speaks for them. */
const SPEAKS_AGAINST =
  /anonymous|disabled|locked|banned|blocked|suspended|revoked|expired|denied|\bbad_|invalid|forbidden|(?:failures|attempts)\b/i;

/** Whether it refuses whom the question speaks against, or does something for whom it speaks for. */
function isRight({ refuses }: SplitCondition, { text, isNegated }: Question): boolean {
  const isAgainst = SPEAKS_AGAINST.test(text) !== isNegated;
  return refuses === isAgainst;
}

/** What is given to the variables of a question in a function, as it is written. */
function madeText(facts: ModuleFacts, { qualifiedName }: DefinitionFact, question: string): string {
  const made = factIndex(facts)
    .assignmentsIn(qualifiedName)
    .filter(({ name }) => new RegExp(`\\b${name.replaceAll(/\W/g, "\\$&")}\\b`).test(question));
  return made.map(({ node }) => onOneLine(textOf(facts.syntax, node))).join("\n");
}

/** `token is None` or `not token`, where the parts ask for the opposite now. */
function isAbsence(part: string, now: readonly string[]): boolean {
  const name = /^(?:not ([\w.]+)|([\w.]+) is None)$/.exec(part);
  const asked = name?.[1] ?? name?.[2];
  return asked !== undefined && (now.includes(asked) || now.includes(`${asked} is not None`));
}

/** `sent`, `sent is not None`, of something that the condition is about. */
function isPresence(part: string, condition: string): boolean {
  const name = /^([\w.]+)(?: is not None)?$/.exec(part)?.[1];
  return name !== undefined && new RegExp(`\\b${name.replaceAll(".", "\\.")}\\b`).test(condition);
}

/** Fewer reasons to refuse, or fewer demands before something is done. */
function isWeaker({ operator, refuses }: SplitCondition, now: SplitCondition): boolean {
  if (now.operator !== undefined && now.operator !== operator) return false;
  return refuses === now.refuses && (refuses ? operator === "or" : operator === "and");
}
