import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { literalText, operands, unwrap } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";

/** Words of names whose values decide what somebody may do; of a text, and not of a character in one. */
const DECIDES = new Set(
  "role roles user username group groups permission permissions scope scopes action method scheme origin host hostname tenant plan status level environment env account owner domain".split(
    " ",
  ),
);

/** `role in ("admin")`, which asks for a part of a text, and `role is "admin"`, which asks for the same object. */
export const mistakenComparison: ModuleDetector = {
  kind: "module",
  name: "mistaken-comparison",
  triggers: { nodes: [Kind.comparison_operator], and: { words: [...DECIDES] } },
  prepare: () => detect,
};

function* detect({ syntax }: ModuleFacts): Generator<Detection> {
  for (const node of nodesOfKind(syntax, Kind.comparison_operator)) {
    const [left, right, more] = operands(syntax, node);
    if (left === undefined || right === undefined || more !== undefined) continue;
    if (syntax.kind[unwrap(syntax, right)] !== Kind.string) continue;
    const name = lastNameOf(syntax, left);
    if (name === undefined || syntax.kind[left] === Kind.string || !nameWords(name).some((word) => DECIDES.has(word)))
      continue;
    const operator = textOf(syntax, childByField(syntax, node, Field.operators)).replace(/\s+/g, " ");
    const text = literalText(syntax, right);
    if (text === undefined || !/^\w[\w.:-]+$/.test(text)) continue;
    const isPart = /^(?:not )?in$/.test(operator) && syntax.kind[right] === Kind.parenthesized_expression;
    if (isPart) yield { node, fields: { operator, asks: "whether it is a part of a text", subject: brief(name) } };
    if (/^is(?: not)?$/.test(operator))
      yield { node, fields: { operator, asks: "for the same object", subject: brief(name) } };
  }
}
