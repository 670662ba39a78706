import { resolve } from "node:path";
import type { Engine } from "../analysis/analyser.ts";
import type { AnalysedExample } from "../pages/example.ts";
import type { Example, Rule } from "../rules/rule.ts";
import { analyseExamples } from "../service/analyse-examples.ts";
import { applyEdits } from "../text/apply-edits.ts";
import { type CliContext, UsageError } from "./context.ts";
import { EXIT } from "./exit-code.ts";
import { repositoryRoot } from "./ignore-rules.ts";
import { readPolicy } from "./read-policy.ts";

/** Tries the rules of a repository's own on the examples that they give. Returns the exit code: 1 where one does not hold. */
export async function testRules(folder: string, context: CliContext): Promise<number> {
  const named = resolve(context.cwd, folder);
  const root = (await repositoryRoot(named)) ?? named;
  const { context: withOwn } = await readPolicy({ root, paths: [] }, {}, context);
  const own = withOwn.own?.rules ?? [];
  if (own.length === 0) throw new UsageError(`there are no rules of your own in ${folder}`);
  const engine = await withOwn.createEngine({ files: own.length, size: 0 });
  try {
    let failed = 0;
    for (const rule of own) {
      const problems = await problemsOf(rule, engine, withOwn);
      failed += problems.length;
      context.stdout.write(report(rule, problems));
    }
    return failed === 0 ? EXIT.clean : EXIT.findings;
  } finally {
    await engine.close();
  }
}

function report({ id, bad, good }: Rule, problems: readonly string[]): string {
  if (problems.length > 0) return problems.map((problem) => `${id}: ${problem}\n`).join("");
  if (bad.length + good.length === 0) return `${id}: has no examples\n`;
  return `${id}: ${bad.length} bad and ${good.length} good ${bad.length + good.length === 1 ? "example holds" : "examples hold"}\n`;
}

async function problemsOf(rule: Rule, engine: Engine, context: CliContext): Promise<readonly string[]> {
  const { today, own } = context;
  const found = await analyseExamples(engine, rule, { rules: await context.loadRules(), today, own });
  return [
    ...rule.bad.flatMap((example, at) => problemsOfBad(rule.id, example, found.bad[at])),
    ...rule.good.flatMap((example, at) => {
      const lines = linesOf(found.good[at]);
      return lines.length === 0 ? [] : [`the good example "${example.name}" is reported in ${inWords(lines)}`];
    }),
  ];
}

function problemsOfBad(id: string, example: Example, found: AnalysedExample | undefined): readonly string[] {
  const [due, lines] = [linesDue(id, example.between ?? example.code), linesOf(found)];
  const name = `the bad example "${example.name}"`;
  if (due.length === 0) return [`${name} has no line that ends with \`# expect: ${id}\``];
  if (due.join() !== lines.join())
    return [`${name} is reported in ${inWords(lines)}; ${inWords(due)} ${due.length === 1 ? "is" : "are"} due`];
  const { fixed } = example;
  if (fixed === undefined || found === undefined) return [];
  const edits = found.findings.flatMap(({ fix }) => fix?.edits ?? []);
  return applyEdits(found.code, edits).trimEnd() === fixed.trimEnd() ? [] : [`the fix of ${name} makes another text`];
}

/** 1-based. */
function linesDue(id: string, code: string): readonly number[] {
  return code.split("\n").flatMap((line, at) => {
    const [, names = ""] = /#\s*expect:(.*)$/u.exec(line) ?? [];
    return names.split(",").some((name) => name.trim().split(/\s/u)[0] === id) ? [at + 1] : [];
  });
}

function linesOf(example: AnalysedExample | undefined): readonly number[] {
  const lines = (example?.findings ?? []).map(({ location }) => location.span.start.line);
  return [...new Set(lines)].toSorted((a, b) => a - b);
}

function inWords(lines: readonly number[]): string {
  if (lines.length === 0) return "no line";
  return `${lines.length === 1 ? "line" : "lines"} ${lines.join(", ")}`;
}
