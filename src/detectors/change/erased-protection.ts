import { z } from "zod";
import { Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { branchConditionsIn, variablesIn } from "./conditions.ts";
import { type Eraser, type Erasure, eraserOf } from "./erasures.ts";
import { bodyOf, parametersText } from "./guards.ts";
import { TAKES_NAMES } from "./refusing-questions.ts";

const Options = z.strictObject({
  /** What is looked for: checks of values that go into a statement, or what a call is told besides. */
  of: z.enum(["value", "call"]),
});

/** A statement that is what it was but for something in it that protected. */
export const erasedProtection: ChangeDetector = {
  kind: "change",
  name: "erased-protection",
  prepare: (raw) => {
    const { of } = Options.parse(raw);
    return {
      concerns: ({ removed }) => (of === "value" ? /[\w\])]\s*[([]/ : /["']--|for_update\(/).test(removed),
      detect: (sides) => detect(sides, of),
    };
  },
};

function* detect(sides: ChangeSides, of: "value" | "call"): Generator<Detection> {
  const { base, head } = sides;
  const before = statementsIn(base, eraserOf(base));
  if (before.every(({ erased }) => erased.length === 0)) return;
  const after = statementsIn(head, eraserOf(head));
  const known = new Set(before.map(({ scope, text }) => `${scope}\n${text}`));
  const gained = Map.groupBy(
    after.filter(({ scope, text }) => !known.has(`${scope}\n${text}`)),
    ({ scope, rest }) => `${scope}\n${rest}`,
  );
  const kept = new Set(after.map(({ scope, text }) => `${scope}\n${text}`));
  for (const one of before) {
    if (one.erased.length === 0 || kept.has(`${one.scope}\n${one.text}`)) continue;
    const [now] = gained.get(`${one.scope}\n${one.rest}`) ?? [];
    const lost = now && lostOf(one.erased, now.erased, of);
    if (now === undefined || lost === undefined || isMadeGood(sides, one, lost)) continue;
    const { said, without } = lost;
    if (
      lost.isLookUp &&
      !factIndex(head)
        .callsIn(one.scope)
        .some(({ name }) => TAKES_NAMES.test(name))
    )
      continue;
    yield {
      node: now.node,
      fields: { check: said, function: placeOf(one.scope), limit: said, call: placeOf(one.scope), without },
    };
  }
}

interface Statement {
  readonly node: number;
  readonly scope: string;
  /** Without spaces, and without what protects as well. */
  readonly text: string;
  readonly rest: string;
  readonly erased: readonly Erasure[];
}

const SIMPLE = [Kind.expression_statement, Kind.return_statement, Kind.with_clause];

/** UTF-16 code units of a statement that is looked at: longer ones are data. */
const LONGEST = 2_000;

function statementsIn(facts: ModuleFacts, eraser: Eraser): readonly Statement[] {
  const { syntax } = facts;
  return [...nodesOfKinds(syntax, SIMPLE)].flatMap((node) => {
    if (syntax.end[node] - syntax.start[node] > LONGEST) return [];
    const text = textOf(syntax, node).replaceAll(/\s+/g, "");
    return [{ node, scope: facts.scopeOf(node), text, ...eraser(node) }];
  });
}

/** The first of a sort that is there no more, where nothing came in its place. */
function lostOf(before: readonly Erasure[], now: readonly Erasure[], of: "value" | "call"): Erasure | undefined {
  const left = before.map(({ said }) => said);
  for (const { said } of now) {
    const at = left.indexOf(said);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return before.find((one) => one.of === of && left.includes(one.said));
}

/** Whether something else may do the same: another statement of the file, a condition about it, a parameter of another type. */
function isMadeGood({ base, head }: ChangeSides, { scope }: Statement, { said, subjects, countIn }: Erasure): boolean {
  if (countIn(head) >= countIn(base)) return true;
  const [before, ...others] = factIndex(base).definedAs(scope);
  const [after] = factIndex(head).definedAs(scope);
  if (scope === "" || before === undefined || after === undefined || others.length > 0) return scope !== "";
  if (parametersText(base, before) !== parametersText(head, after)) return true;
  const known = new Set(branchConditionsIn(base, bodyOf(base, before)).map(({ condition }) => condition));
  const isAsked = branchConditionsIn(head, bodyOf(head, after)).some(
    (one) => !known.has(one.condition) && [...one.subjects].some((name) => subjects.has(name)),
  );
  const calledBefore = new Set(
    factIndex(base)
      .callsIn(scope)
      .map(({ name }) => name),
  );
  const isHandedOver = factIndex(head)
    .callsIn(scope)
    .some(
      ({ name, args }) =>
        !calledBefore.has(name) &&
        name !== said &&
        args.some(({ node }) => variablesIn(head, node).some((one) => subjects.has(one))),
    );
  return isAsked || isHandedOver;
}

function placeOf(scope: string): string {
  return lastPart(scope) || "the module";
}
