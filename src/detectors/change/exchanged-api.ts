import { z } from "zod";
import { lastPart } from "../../python/last-part.ts";
import { textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import { groupByEach } from "../../rules/indexed-facts.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";

const Options = z.strictObject({
  exchanges: z
    .array(
      z.strictObject({
        /** Patterns of API paths, or of methods as they are written, that are called: what protects, and what does the same without. */
        safe: z.string(),
        unsafe: z.string(),
        /** A pattern that the call of what protects has to match as it is written. */
        written: z.string().optional(),
        /** One by which the call of the other one protects as well: an argument of it. */
        "unless-written": z.string().optional(),
        /** A method that makes up for it, wherever the function calls one of that name. */
        "made-good-by": z.string().optional(),
        /** What happens with the latter, for a message. */
        without: z.string(),
      }),
    )
    .min(1),
});

interface Exchange {
  readonly safe: RegExp;
  readonly unsafe: RegExp;
  readonly written: RegExp | undefined;
  readonly unlessWritten: RegExp | undefined;
  readonly by: string | undefined;
  readonly without: string;
}

/** A function or class in the place of one that does the same and protects as well. */
export const exchangedApi: ChangeDetector = {
  kind: "change",
  name: "exchanged-api",
  prepare: (raw) => {
    const known = Options.parse(raw).exchanges.map((one): Exchange => {
      const { safe, unsafe, without, "made-good-by": by } = one;
      const inside = (pattern: string | undefined) => (pattern === undefined ? undefined : new RegExp(pattern, "u"));
      return {
        safe: new RegExp(`^(?:${safe})$`, "u"),
        unsafe: new RegExp(`^(?:${unsafe})$`, "u"),
        written: inside(one.written),
        unlessWritten: inside(one["unless-written"]),
        by,
        without,
      };
    });
    return {
      concerns: ({ removed }) => /\(|\bimport\b/u.test(removed),
      detect: (sides) => detect(sides, known),
    };
  },
};

function* detect(sides: ChangeSides, exchanges: readonly Exchange[]): Generator<Detection> {
  const { base, head } = sides;
  for (const { safe, unsafe, written, unlessWritten, by, without } of exchanges) {
    const safeBefore = callsByScope(base, safe);
    if (safeBefore.size === 0) continue;
    const left = callsByScope(head, safe);
    const unsafeBefore = callsByScope(base, unsafe);
    const unsafeNow = callsByScope(head, unsafe);
    for (const [scope, [before, ...others]] of safeBefore) {
      const known = unsafeBefore.get(scope)?.length ?? 0;
      const now = unsafeNow.get(scope) ?? [];
      const isLost = (left.get(scope)?.length ?? 0) <= others.length;
      const after = now.at(known);
      if (before === undefined || after === undefined || !isLost) continue;
      if (written !== undefined && !written.test(textOf(base.syntax, before.node))) continue;
      if (unlessWritten?.test(textOf(head.syntax, after.node)) === true) continue;
      const isMadeGood = factIndex(head)
        .callsIn(scope)
        .some(({ name }) => lastPart(name) === by);
      if (isMadeGood) continue;
      yield { node: after.node, fields: { before: pathOf(before, safe), after: pathOf(after, unsafe), without } };
    }
  }
}

function callsByScope(facts: ModuleFacts, pattern: RegExp): ReadonlyMap<string, readonly CallFact[]> {
  const found = new Set([...callsByName(facts)].flatMap(([name, calls]) => (pattern.test(name) ? calls : [])));
  if (found.size === 0) return NO_CALLS;
  const inOrder = facts.calls.filter((call) => found.has(call));
  return Map.groupBy(inOrder, ({ node }) => facts.scopeOf(node));
}

const NO_CALLS: ReadonlyMap<string, readonly CallFact[]> = new Map();

/** By each API path that a call is known by, and by the method as it is written: `*.send`. */
const callsByName: (facts: ModuleFacts) => ReadonlyMap<string, readonly CallFact[]> = oncePer(({ calls }) =>
  groupByEach(calls, ({ callee, name }) => [...callee, `*.${lastPart(name)}`]),
);

/** The API path, for what an import calls otherwise: `defusedxml.ElementTree.fromstring`. */
function pathOf({ callee, name }: CallFact, pattern: RegExp): string {
  return callee.find((path) => pattern.test(path)) ?? lastPart(name);
}
