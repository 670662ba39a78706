import type { AnalysisOptions, AnalysisTask } from "../analysis/analyser.ts";
import type { Commit } from "../analysis/earlier-secrets.ts";
import type { FileChange } from "../analysis/file-change.ts";
import type { FileAnalysis, Notice } from "../analysis/finding.ts";
import type { AskForFile, ProjectSource } from "../analysis/project-file.ts";
import { settle } from "../analysis/settle.ts";
import type { Policy } from "../config/policy.ts";
import { policyFor } from "../config/policy-for.ts";
import { advise } from "../service/advise.ts";
import { analyseCommits } from "./analyse-commits.ts";
import type { CliContext } from "./context.ts";
import { showProgress } from "./progress.ts";
import type { ReportOptions } from "./report-options.ts";

/** A file to analyse: its path in reports of a terminal, and what is known of it. */
export interface Input {
  /** In the repository: names the file in fingerprints and in SARIF. */
  readonly path: string;
  /** From the current folder. */
  readonly shownPath: string;
  /** Absolute: the folder that paths in the repository start from. */
  readonly root: string;
  /** Where its imports lead. */
  readonly project?: ProjectSource;
  readonly content: Content | { readonly kind: "unreadable"; readonly reason: Unreadable };
}

type Unreadable = Extract<Notice, { kind: "unreadable" }>["reason"];

/** What the analysis gets, without the options that hold for all. */
export type Content = { readonly kind: "file"; readonly text: string } | ({ readonly kind: "change" } & FileChange);

export interface Analysed {
  readonly input: Input;
  readonly analysis: FileAnalysis;
}

/** What a change has beside its files. */
export interface ChangeParts {
  /** Those that the files may import. */
  readonly modules: AskForFile;
  /** Before the last one. */
  readonly commits: readonly Commit[];
  /** Of the repository. */
  readonly root: string;
}

/** Analyses all inputs, several at a time, and returns them in their order; last what earlier commits of a change had. */
export async function runAnalysis(
  inputs: readonly Input[],
  policy: Policy,
  options: ReportOptions,
  context: CliContext,
  change?: ChangeParts,
): Promise<readonly Analysed[]> {
  const size = inputs.reduce((sum, { content }) => sum + sizeOf(content), 0);
  const engine = await context.createEngine({ files: inputs.length, size, ...(change && { fileAt: change.modules }) });
  const progress = showProgress(context.stderr, inputs.length);
  const wantedFor = (path: string): AnalysisOptions => {
    const { profile, rules } = policyFor(policy, path);
    return {
      profile: options.profile ?? profile,
      levels: rules,
      today: context.today,
      ...(context.own && { own: context.own }),
    };
  };
  try {
    const first = await Promise.all(
      inputs.map(async (input) => {
        const task = taskOf(input, wantedFor(input.path));
        const analysis = task === undefined ? unreadable(input) : await engine.analyse(task);
        progress.step();
        return { task, analysis };
      }),
    );
    const from = options.advisories;
    const advised = await advise(engine, first, from === undefined ? undefined : await context.advisories(from));
    const analyses = advised.map(({ analysis }) => analysis);
    const rules = new Map((await context.loadRules()).map((rule) => [rule.id, rule]));
    const settled = settle(analyses, rules);
    const analysed = inputs.map((input, index) => ({ input, analysis: settled[index] ?? unreadable(input) }));
    if (change === undefined) return analysed;
    return [...analysed, ...(await analyseCommits(engine, change, analysed, { policy, rules, context }))];
  } finally {
    progress.end();
    await engine.close();
  }
}

function taskOf({ path, content, project }: Input, options: AnalysisOptions): AnalysisTask | undefined {
  switch (content.kind) {
    case "unreadable":
      return undefined;
    case "file":
      return { kind: "file", file: { path, text: content.text }, options, ...(project && { project }) };
    case "change": {
      const { kind, ...change } = content;
      return { kind, change, options, ...(project && { project }) };
    }
  }
}

function unreadable({ path, content }: Input): FileAnalysis {
  const notices: Notice[] = content.kind === "unreadable" ? [{ kind: "unreadable", path, reason: content.reason }] : [];
  return { path, findings: [], suppressed: [], notices, linesInScope: 0 };
}

function sizeOf(content: Input["content"]): number {
  switch (content.kind) {
    case "unreadable":
      return 0;
    case "file":
      return content.text.length;
    case "change":
      return (content.head?.text.length ?? 0) + (content.base?.text.length ?? 0);
  }
}
