import { Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { AssignmentFact, ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { factIndex } from "../shared/fact-index.ts";
import { lostStreamLimits } from "./stream-limits.ts";
import { basesOf } from "./surroundings.ts";

/** Bounds of how much is read, found or waited for, which a statement had and has no more. */
export const unboundedWork: ChangeDetector = {
  kind: "change",
  name: "unbounded-work",
  prepare: () => ({ concerns: ({ removed }) => WORDS.test(removed), detect }),
};

const WORDS = /\blimit\b|\b(?:if|elif)\b.*[<>]|\[\s*:|\bread\(.|islice|wait_for|paginat|\bmin\(/i;

/** A bound in a statement without spaces, and what is left of the statement without it. */
const BOUNDS: readonly (readonly [RegExp, string])[] = [
  [/\.limit\([^()]*\)/g, ""],
  [/\[:(?:[1-9]\d{2,}|[\w.]*(?:max|limit)\w*)\]/gi, ""],
  [/(?<=\.read\()(?:[1-9]\d{3,}|[\w.]*(?:max|limit|size|bytes)[\w.]*(?:\+1)?|\d+\*1024(?:\*1024)?)(?=\))/gi, ""],
  [/(?<=\.read\()(?:[1-9]\d{3,}|[\w.]*(?:max|limit|size|bytes)[\w.]*(?:\+1)?|\d+\*1024(?:\*1024)?)(?=\))/gi, "-1"],
  [/\bislice\(((?:[^()]|\([^()]*\))*),[\w.]+\)/g, "$1"],
  [/(?:asyncio\.)?\bwait_for\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*),(?:timeout=)?[\w.]+\)/g, "$1"],
  [/\bmin\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*),\d+\)/g, "$1"],
  [/LIMIT(?:\d+|:\w+|%s|\?|\$\d+)(?=["';)])/gi, ""],
];

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  const known = new Set(statementsIn(base).map(({ scope, text }) => `${scope}\n${text}`));
  const kept = new Set(statementsIn(head).map(({ scope, text }) => `${scope}\n${text}`));
  const gained = Map.groupBy(
    statementsIn(head).filter(({ scope, text }) => !known.has(`${scope}\n${text}`)),
    ({ scope }) => scope,
  );
  for (const before of statementsIn(base)) {
    if (kept.has(`${before.scope}\n${before.text}`) || before.text.length > LONGEST) continue;
    const others = gained.get(before.scope) ?? [];
    for (const [bound, rest] of BOUNDS) {
      const [match] = before.text.match(bound) ?? [];
      if (match === undefined) continue;
      const text = before.text.replace(bound, rest);
      const after = others.find((one) => one.text === text);
      // Another statement of the function has it now.
      if (after === undefined || others.some((one) => one.text.includes(match))) continue;
      yield { node: after.node, fields: { limit: brief(asWritten(match)), call: placeOf(before.scope) } };
      break;
    }
  }
  yield* lostPages(sides);
  yield* lostStreamLimits(sides);
}

/** UTF-16 code units of a statement that is looked at: longer ones are data. */
const LONGEST = 2_000;

interface Statement {
  readonly node: number;
  readonly scope: string;
  /** Without spaces. */
  readonly text: string;
}

const SIMPLE = [Kind.expression_statement, Kind.return_statement];

function statementsIn(facts: ModuleFacts): readonly Statement[] {
  const { syntax } = facts;
  return [...nodesOfKinds(syntax, SIMPLE)].map((node) => {
    return { node, scope: facts.scopeOf(node), text: textOf(syntax, node).replaceAll(/\s+/g, "") };
  });
}

/** With the spaces that people put. */
function asWritten(bound: string): string {
  return bound.replaceAll(",", ", ").replace(/^LIMIT/i, "$& ");
}

function placeOf(scope: string): string {
  return scope.split(".").at(-1) || "the module";
}

/** Attributes by which a view answers page by page. */
const PAGED = /^(?:paginate_by|pagination_class)$/;

function* lostPages({ base, head }: ChangeSides): Generator<Detection> {
  for (const before of base.assignments.filter((one) => PAGED.test(one.name) && !isNothing(one))) {
    const scope = base.scopeOf(before.node);
    const { classNamed, assignmentsTo } = factIndex(head);
    const owner = classNamed(scope);
    const [after] = assignmentsTo(scope, before.name);
    if (owner === undefined || (after !== undefined && !isNothing(after))) continue;
    if (basesOf(base, scope).join() !== basesOf(head, scope).join()) continue;
    // A default of the project may page all the same, where nothing says that there is none.
    if (after === undefined && before.name === "pagination_class") continue;
    const bound = `${before.name} = ${textOf(base.syntax, before.value)}`;
    yield { node: after?.node ?? owner.bases[0]?.node ?? owner.node, fields: { limit: bound, call: owner.name } };
  }
}

function isNothing({ valueFact: { constants } }: AssignmentFact): boolean {
  return constants.length > 0 && constants.every((one) => one === null || one === 0);
}
