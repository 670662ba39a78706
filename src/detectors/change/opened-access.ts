import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nodesOfScope } from "../shared/nodes-of-scope.ts";
import { answersYes, emptiedCheck } from "./emptied-check.ts";
import { bodyOf, parametersText } from "./guards.ts";
import { countOfOwned, lostAuthor, lostOwner } from "./lost-owner.ts";
import { lostPasswordCheck } from "./lost-password-check.ts";
import { lostStatementOwner } from "./lost-statement-owner.ts";
import { lostAccessMethod } from "./removed-access-method.ts";
import { isReplaced } from "./replaced-guard.ts";
import { skippedCheck } from "./skipped-check.ts";
import { nameNode } from "./surroundings.ts";
import { type Loss, weakenedCondition } from "./weakened-condition.ts";
import { ANSWERS_WHO_MAY } from "./who-may.ts";

/** Functions that decided who may, or looked up what is theirs alone, and no longer do. */
export const openedAccess: ChangeDetector = {
  kind: "change",
  name: "opened-access",
  prepare: () => ({
    concerns: ({ removed, added }) =>
      /\breturn True\b|\bTrue or\b|\bor True\b|^\s*if\b/m.test(added) ||
      /user|identity|authenticate|password|return|raise|\bif\b|access|account|tenant|perm|protection|owner|customer|company|workspace|team|author|where|\band\b/i.test(
        removed,
      ),
    detect,
  }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  for (const after of head.definitions) {
    if (after.kind === "class") {
      const method = lostAccessMethod(sides, after);
      if (method !== undefined)
        yield {
          node: nameNode(head, after),
          fields: { function: after.name, loss: "has no check of its own any more:", by: method },
        };
      continue;
    }
    const [before, ...others] = factIndex(base).definedAs(after.qualifiedName);
    if (before === undefined || others.length > 0 || textOfOne(base, before) === textOfOne(head, after)) continue;
    const loss = lossOf(sides, before, after);
    if (loss === undefined) continue;
    yield {
      node: nameNode(head, after),
      fields: { function: after.name, ...loss },
      tookOut: { scope: after.qualifiedName, said: loss.by },
    };
  }
}

function lossOf(sides: ChangeSides, before: DefinitionFact, after: DefinitionFact): Loss | undefined {
  const { base, head } = sides;
  const emptied = emptiedCheck(sides, before, after);
  if (emptied !== undefined) return emptied;
  const skipped = skippedCheck(sides, before, after);
  if (skipped !== undefined) return skipped;
  if (lastAnswer(head, after) === Kind.true && lastAnswer(base, before) === Kind.false)
    return { loss: "lets in whoever no line speaks against: what it answers at last is", by: "True" };
  if (asksForLogin(head, after) && !asksForLogin(base, before) && !answersYes(base, before))
    return { loss: "lets in whoever has signed in: all that it asks for is", by: "is_authenticated" };
  if (countOfOwned(head, after.qualifiedName) > countOfOwned(base, before.qualifiedName)) return undefined;
  const weaker = weakenedCondition(sides, before, after);
  if (weaker !== undefined) return weaker;
  const about = lostObject(sides, after.qualifiedName);
  if (about !== undefined) return { loss: "asks for the right in general, and no longer for", by: about };
  if (gainsAsker(sides, before, after) || isReplaced(sides, before, after)) return undefined;
  const looked = lostPasswordCheck(sides, after.qualifiedName);
  if (looked !== undefined) return { loss: "signs in whoever gives a name: it no longer calls", by: looked };
  const owned = lostOwner(sides, after.qualifiedName) ?? lostStatementOwner(sides, after.qualifiedName);
  if (owned !== undefined) return { loss: "finds what belongs to others, too, without", by: owned };
  const author = lostAuthor(sides, after.qualifiedName);
  return author === undefined
    ? undefined
    : { loss: "leaves to what was sent whose it is: it no longer sets", by: author };
}

/** Whether the parameters became others, but for plain ones with a default: one of them may say who asks, or what is theirs. */
function gainsAsker({ base, head }: ChangeSides, before: DefinitionFact, after: DefinitionFact): boolean {
  const then = parametersText(base, before).slice(1, -1);
  const now = parametersText(head, after).slice(1, -1);
  if (then === now) return false;
  return !now.startsWith(then) || !PLAIN_DEFAULTS.test(now.slice(then.length));
}

/** `,columns="*",limit:int=50` */
const PLAIN_DEFAULTS = /^(?:,\w+(?::\w+)?=(?:"[^",]*"|'[^',]*'|\d+|True|False))+$/;

/** The kind of what a function that answers who may ends with; NONE where it ends with no answer. */
function lastAnswer(facts: ModuleFacts, definition: DefinitionFact): number {
  const { syntax } = facts;
  const body = ANSWERS_WHO_MAY.test(definition.name) ? bodyOf(facts, definition) : NONE;
  const last = body === NONE ? undefined : namedChildren(syntax, body).at(-1);
  if (last === undefined || syntax.kind[last] !== Kind.return_statement) return NONE;
  const answer = firstNamedChild(syntax, last);
  return answer === NONE ? NONE : syntax.kind[answer];
}

/** Every answer is whether somebody has signed in. */
function asksForLogin(facts: ModuleFacts, definition: DefinitionFact): boolean {
  const pattern = /^(?:bool\()?(?:[\w.]*\buser (?:is not None )?and )?[\w.]*\buser\.is_(?:authenticated|active)\)?$/;
  return answersOnly(facts, definition, (value) => pattern.test(textOf(facts.syntax, value).replace(/\s+/g, " ")));
}

function answersOnly(
  facts: ModuleFacts,
  { name, qualifiedName }: DefinitionFact,
  isSuch: (value: number) => boolean,
): boolean {
  const { syntax } = facts;
  if (!ANSWERS_WHO_MAY.test(name)) return false;
  const returned = nodesOfScope(facts, Kind.return_statement, qualifiedName);
  return (
    returned.length > 0 &&
    returned.every((node) => {
      const value = firstNamedChild(syntax, node);
      return value !== NONE && isSuch(value);
    })
  );
}

/** `user.has_perm("shop.sell", obj=order)`, which is asked without the object now: whoever may sell one may sell each. */
function lostObject({ base, head }: ChangeSides, name: string): string | undefined {
  const asked = (facts: ModuleFacts) =>
    factIndex(facts)
      .callsIn(name)
      .filter((call) => lastPart(call.name) === "has_perm")
      .map(({ args }) => {
        const at = (position: number, keyword: string) =>
          args.find((one) => one.position === position || one.keyword === keyword);
        const text = (argument: ReturnType<typeof at>) => argument && textOf(facts.syntax, argument.node);
        return { right: text(at(0, "perm")), about: text(at(1, "obj")) };
      });
  const now = asked(head);
  if (now.some(({ about }) => about !== undefined)) return undefined;
  return asked(base).find((one) => one.about !== undefined && now.some(({ right }) => right === one.right))?.about;
}

function textOfOne({ syntax }: ModuleFacts, { node }: DefinitionFact): string {
  return textOf(syntax, node);
}
