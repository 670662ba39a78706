import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Policy } from "../config/policy.ts";
import { modeOf, policyFor } from "../config/policy-for.ts";
import { fromLevel, type Report } from "../report/report.ts";
import { isAtLeast } from "../rules/levels.ts";
import { type CliContext, UsageError } from "./context.ts";
import { exitCodeOf } from "./exit-code-of.ts";
import { pathFrom, relocate } from "./relocate.ts";
import type { ReportOptions } from "./report-options.ts";
import type { Analysed, Input } from "./run-analysis.ts";
import { paletteFor } from "./terminal-palette.ts";

/** What there is to report on, and how many files more the configuration leaves out. */
export interface Reported {
  readonly analysed: readonly Analysed[];
  readonly leftOut: number;
}

/** Writes the report to where it is wanted and returns the exit code that it means. */
export async function writeReport(
  reported: Reported,
  policy: Policy,
  options: ReportOptions,
  context: CliContext,
): Promise<number> {
  const { analysed } = reported;
  const text = await drawReport(reported, policy, options, context);
  if (options.output === undefined) context.stdout.write(text);
  else await writeTo(options.output, text, context.cwd);
  const analyses = fromLevel(
    analysed.map(({ analysis }) => analysis),
    options.minLevel,
  );
  const rules = new Map((await context.loadRules()).map((rule) => [rule.id, rule]));
  return exitCodeOf(analyses, (finding) => {
    const failOn = options.failOn ?? policyFor(policy, finding.location.path).failOn;
    if (failOn === "never" || !isAtLeast(finding.level, failOn)) return false;
    return options.failOn !== undefined || modeOf(policy, finding, rules.get(finding.ruleId)) === "block";
  });
}

async function drawReport(
  { analysed, leftOut }: Reported,
  { files, folders }: Policy,
  { format, output, profile, minLevel }: ReportOptions,
  context: CliContext,
): Promise<string> {
  const policies = [files, ...Object.values(folders)];
  const rules = (await context.loadRules()).filter(
    ({ id, profile: of }) =>
      of === "default" ||
      policies.some((each) => (profile ?? each.profile) === "audit" || each.rules[id] !== undefined),
  );
  const reportOf = (analyses: Report["analyses"]): Report => ({
    analyses: fromLevel(analyses, minLevel),
    leftOut,
    rules,
    version: context.version,
  });
  const inRepository = () => reportOf(analysed.map(({ analysis }) => analysis));
  const fromFolder = () =>
    reportOf(analysed.map(({ input, analysis }) => relocate(analysis, shownFrom(input, context.cwd))));
  switch (format) {
    case "sarif": {
      const { toSarif } = await import("../report/sarif.ts");
      return toSarif(inRepository());
    }
    case "json": {
      const { toJson } = await import("../report/json.ts");
      return toJson(fromFolder());
    }
    case "text": {
      const { toText } = await import("../report/text.ts");
      const toTerminal = output === undefined ? { palette: paletteFor(context.stdout), ...widthOf(context) } : {};
      return toText(fromFolder(), { ...toTerminal, sourceOf: sourcesOf(analysed) });
    }
  }
}

/** A file's other paths are those of modules in the same repository. */
function shownFrom({ path, shownPath, root }: Input, cwd: string): (path: string) => string {
  return (other) => (other === path ? shownPath : pathFrom(cwd, resolve(root, other)));
}

function widthOf({ stdout }: CliContext): { readonly width?: number } {
  return stdout.isTTY === true && stdout.columns !== undefined ? { width: stdout.columns } : {};
}

function sourcesOf(analysed: readonly Analysed[]): (path: string) => string | undefined {
  const inputs = new Map(analysed.map(({ input }) => [input.shownPath, input.content]));
  return (path) => {
    const content = inputs.get(path);
    if (content?.kind === "file") return content.text;
    return content?.kind === "change" ? content.head?.text : undefined;
  };
}

async function writeTo(file: string, text: string, cwd: string): Promise<void> {
  await writeFile(resolve(cwd, file), text).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`the report cannot be written to ${file}: ${error.message}`);
  });
}
