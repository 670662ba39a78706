import type { Hunk } from "../diff/hunk.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import type { ChangedText } from "../rules/detector.ts";
import { indexFacts } from "../rules/indexed-facts.ts";
import { levelOf, type PythonAnalysis } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import type { FileContext } from "./context.ts";
import { findIn, type IdentifiedFinding, type IdentityOf } from "./find-in-module.ts";
import type { Notice } from "./finding.ts";

type Comparison = Catalogue["changes"][number];

/** The rules that have something to compare in a file, as far as its changed lines tell. */
export function comparisonsFor(
  catalogue: Catalogue,
  context: FileContext,
  hunks: readonly Hunk[],
  options: AnalysisOptions,
): readonly Comparison[] {
  const text: ChangedText = { removed: linesOf(hunks, "removed"), added: linesOf(hunks, "added") };
  return catalogue.changes.filter(
    ({ rule, comparison }) => comparison.concerns(text) && levelOf(rule, context, options) !== undefined,
  );
}

/** What the change took away, found by what both sides say of the file; a rule that fails adds to `notices`. */
export function compareSides(
  comparisons: readonly Comparison[],
  context: FileContext,
  { base, head }: { readonly base: PythonAnalysis; readonly head: PythonAnalysis },
  options: AnalysisOptions,
  identityOf: IdentityOf,
  notices: Notice[],
): readonly IdentifiedFinding[] {
  const { facts } = head;
  const before = base.facts;
  if (facts === undefined || before === undefined) return [];
  const rules = comparisons.flatMap(({ rule, comparison }) => {
    const level = levelOf(rule, context, options);
    return level === undefined
      ? []
      : [
          {
            rule,
            level,
            matcher: () => comparison.detect({ base: before, head: facts, moduleAtBase: modulesOf(base) }),
          },
        ];
  });
  return findIn(
    indexFacts(facts, () => undefined),
    rules,
    { identityOf, syntaxOf: head.syntaxOf, notices },
  );
}

function modulesOf({ modules, syntaxOf }: PythonAnalysis): (name: string) => SyntaxArrays | undefined {
  return (name) => {
    const path = name.replaceAll(".", "/");
    const found = modules.find((one) =>
      [`${path}.py`, `${path}/__init__.py`].some((end) => `/${one}`.endsWith(`/${end}`)),
    );
    return found === undefined ? undefined : syntaxOf(found);
  };
}

function linesOf(hunks: readonly Hunk[], kind: "removed" | "added"): string {
  return hunks
    .flatMap(({ lines }) => lines.filter((line) => line.kind === kind))
    .map(({ text }) => text)
    .join("\n");
}
