import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  answers: z
    .array(
      z.strictObject({
        /** API paths of what raises nothing where it says no. */
        callee: z.array(z.string()).min(1),
        /** What it gives back, and what comes of not reading it, for a message. */
        answer: z.string(),
        effect: z.string(),
      }),
    )
    .min(1),
});
type Options = z.infer<typeof Options>;

/** Calls whose answer is all that they do, where nobody reads it: they stand alone, or fill a variable that is not named again. */
export const unreadAnswer: ModuleDetector = {
  kind: "module",
  name: "unread-answer",
  ...withOptions(Options, {
    triggers: ({ answers }) => ({ calls: answers.flatMap(({ callee }) => callee) }),
    detect,
  }),
};

function* detect(facts: ModuleFacts, { answers }: Options): Generator<Detection> {
  const { calledAs } = factIndex(facts);
  for (const { callee, answer, effect } of answers) {
    for (const call of calledAs(callee)) {
      if (isUnread(facts, call)) yield { node: call.node, fields: { callee: call.name, answer, effect } };
    }
  }
}

function isUnread({ syntax }: ModuleFacts, { node }: CallFact): boolean {
  const above = syntax.parent[node];
  const holder = syntax.kind[above] === Kind.await ? syntax.parent[above] : above;
  if (syntax.kind[holder] === Kind.expression_statement) return true;
  if (syntax.kind[holder] !== Kind.assignment) return false;
  const target = childByField(syntax, holder, Field.left);
  const place = ancestorOfKind(syntax, holder, Kind.function_definition);
  if (syntax.kind[target] !== Kind.identifier || place === NONE) return false;
  const name = textOf(syntax, target);
  for (let at = place; at < syntax.next[place]; at++) {
    if (at !== target && syntax.kind[at] === Kind.identifier && textOf(syntax, at) === name) return false;
  }
  return true;
}
