import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";

/** A part of a statement of SQL whose value was bound, or had to be a number, and is written into the text from now on. */
export const exchangedPlaceholder: ChangeDetector = {
  kind: "change",
  name: "exchanged-placeholder",
  prepare: () => ({
    concerns: ({ removed }) => /[=<>(,]\s*(?:\?|:\w|\$\d|%d)|(?:LIKE|LIMIT|OFFSET)\s+[?:$%]/i.test(removed),
    detect,
  }),
};

const WITHOUT = "a quote in the value ends it, and what follows is part of the statement";

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const known = new Set(textsIn(base).map(({ scope, text }) => `${scope}\n${text}`));
  const gained = textsIn(head).filter(({ scope, text }) => !known.has(`${scope}\n${text}`));
  if (gained.length === 0) return;
  const kept = new Set(textsIn(head).map(({ scope, text }) => `${scope}\n${text}`));
  for (const before of textsIn(base)) {
    if (kept.has(`${before.scope}\n${before.text}`) || before.bound === 0 || !IS_PART.test(before.text)) continue;
    const after = gained.find(
      (one) => one.scope === before.scope && one.form === before.form && one.isFormatted && one.bound < before.bound,
    );
    if (after === undefined) continue;
    yield { node: after.node, fields: { before: brief(before.text), after: brief(after.text), without: WITHOUT } };
  }
}

/** A condition or bound in it, and no statement as a whole: of those other rules speak. */
const IS_PART =
  /^(?!["']{0,3}\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE|CREATE|DROP|ALTER)\b)(?=.*(?:(?:[=<>]|\bI?LIKE|\bLIMIT|\bOFFSET|\bAND|\bOR)\s*(?:\?|:\w|\$\d|%)))/is;

interface Text {
  readonly node: number;
  readonly scope: string;
  /** As it is written, with its quotes. */
  readonly text: string;
  /** The same with one mark for each place that takes a value. */
  readonly form: string;
  /** How many places take a value that cannot become part of the statement. */
  readonly bound: number;
  /** Whether values are written into it. */
  readonly isFormatted: boolean;
}

/** A place for a value: of a driver, of `%` and `format`, of an f-string; quotes around it belong to it. */
const PLACE = /'(?:%s|\{[^{}]*\})'|%\(\w+\)s|%[sd]|\{[^{}]*\}|(?<![:\w]):[a-z_]\w*|\$\d+|\?/gi;
const BOUND = /^[:$?]/;
const IS_BOUNDED = /\b(?:LIMIT|OFFSET|WHERE|AND|FETCH FIRST)\b/;

function textsIn(facts: ModuleFacts): readonly Text[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.string)].flatMap((node) => {
    const text = textOf(syntax, node);
    const places = text.match(PLACE) ?? [];
    if (places.length === 0 || text.length > LONGEST) return [];
    const isFormatted = /^[a-z]*f/i.test(text) || isTemplate(facts, node);
    // `%s` is what a log takes, too, and `%d` anything that is told.
    const bound = places.filter((one) => BOUND.test(one) || (one === "%d" && IS_BOUNDED.test(text))).length;
    const form = text.replace(/^\w+/, "").replace(PLACE, "\u0000").replaceAll(/["\s]/g, "");
    return [{ node, scope: facts.scopeOf(node), text, form, bound, isFormatted }];
  });
}

/** UTF-16 code units of a text that is looked at. */
const LONGEST = 500;

/** Left of `%`, or what `format` is called on. */
function isTemplate({ syntax }: ModuleFacts, node: number): boolean {
  const above = syntax.parent[node];
  if (syntax.kind[above] === Kind.attribute)
    return textOf(syntax, childByField(syntax, above, Field.attribute)) === "format";
  const operator = syntax.kind[above] === Kind.binary_operator ? childByField(syntax, above, Field.operator) : NONE;
  return operator !== NONE && syntax.field[node] === Field.left && textOf(syntax, operator) === "%";
}
