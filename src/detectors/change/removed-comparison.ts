import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { operands } from "../shared/literal.ts";

const Options = z.strictObject({
  /** API paths of calls that compare their first two arguments. */
  calls: z.array(z.string()).min(1),
  /** A pattern for the names of a project's own, as far as the bracket. */
  named: z.string(),
});

interface Known {
  readonly calls: ReadonlySet<string>;
  readonly named: RegExp;
}

/** `==` where the base compared the same values by a call that is there for it. */
export const removedComparison: ChangeDetector = {
  kind: "change",
  name: "removed-comparison",
  prepare: (raw) => {
    const { calls, named } = Options.parse(raw);
    const known: Known = { calls: new Set(calls), named: new RegExp(`${named}$`, "iu") };
    const called = new RegExp(`(?:${[...new Set(calls.map(lastPart))].join("|")}|${named})\\(`, "iu");
    return { concerns: ({ removed }) => called.test(removed), detect: (sides) => detect(sides, known) };
  },
};

function* detect({ base, head }: ChangeSides, calls: Known): Generator<Detection> {
  const kept = new Set(comparedByCall(head, calls).map(keyOf));
  const known = new Set(comparedPlainly(base).map(keyOf));
  for (const before of comparedByCall(base, calls)) {
    if (kept.has(keyOf(before))) continue;
    const after = comparedPlainly(head).find(
      (one) =>
        one.scope === before.scope && !known.has(keyOf(one)) && one.sides.some((side) => before.sides.includes(side)),
    );
    if (after === undefined) continue;
    yield {
      node: after.node,
      fields: { before: before.written, left: brief(after.sides[0] ?? ""), right: brief(after.sides[1] ?? "") },
    };
  }
}

interface Comparison {
  readonly node: number;
  readonly scope: string;
  readonly written: string;
  readonly sides: readonly string[];
}

function comparedByCall(facts: ModuleFacts, { calls, named }: Known): readonly Comparison[] {
  return facts.calls
    .filter(
      ({ callee, name, args }) => args.length >= 2 && (callee.some((path) => calls.has(path)) || named.test(name)),
    )
    .map(({ node, name, args }) => {
      const sides = args.slice(0, 2).map((arg) => comparedText(textOf(facts.syntax, arg.node)));
      return { node, scope: facts.scopeOf(node), written: name, sides };
    });
}

function comparedPlainly(facts: ModuleFacts): readonly Comparison[] {
  const { syntax } = facts;
  const found: Comparison[] = [];
  for (let node = 0; node < syntax.count; node++) {
    if (syntax.kind[node] !== Kind.comparison_operator) continue;
    const operator = syntax.kind[childByField(syntax, node, Field.operators)];
    if (operator !== Kind.token_double_equals && operator !== Kind.token_not_equals) continue;
    const sides = operands(syntax, node).map((side) => comparedText(textOf(syntax, side)));
    if (sides.length === 2) found.push({ node, scope: facts.scopeOf(node), written: "==", sides });
  }
  return found;
}

/** What is compared, without what writes the same in another way: `sent` of `sent.encode("utf-8").lower()`. */
function comparedText(written: string): string {
  return written.replace(/(?:\.(?:lower|upper|casefold|strip|encode|decode)\([^()]{0,40}\))+$/, "");
}

function keyOf({ scope, sides }: Comparison): string {
  return `${scope}\n${[...sides].sort().join("\n")}`;
}
