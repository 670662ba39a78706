import type { AnalysisOptions, AnalysisTask, Engine } from "../analysis/analyser.ts";
import type { TaskAnalysis } from "../analysis/elsewhere.ts";
import type { FileAnalysis, Notice } from "../analysis/finding.ts";
import { settle } from "../analysis/settle.ts";
import { hasPythonFirstLine, sourceKind } from "../analysis/source-kind.ts";
import type { Policy } from "../config/policy.ts";
import { isLeftOut, policyFor } from "../config/policy-for.ts";
import { createChangedLines } from "../diff/changed-lines.ts";
import { hasLoneReturn } from "../diff/python-lines.ts";
import type { ReviewedFile } from "../review/review-plan.ts";
import type { OwnRules } from "../rules/own-rules.ts";
import type { Rule } from "../rules/rule.ts";
import { isoDateOf } from "../text/iso-date.ts";
import { advise } from "./advise.ts";
import { changeOf, isSubmodule, type ReadFile, withoutAnalysis } from "./file-sides.ts";
import { followWhereAnalysed, type ModuleReader, NO_MODULES } from "./follow-imports.ts";
import type { Advisories, ChangedFile, Clock } from "./ports.ts";

interface Parts {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Ours and `own`. */
  readonly rules: ReadonlyMap<string, Rule>;
  readonly own: OwnRules | undefined;
  readonly advisories?: Advisories | undefined;
}

export interface AnalysedFiles {
  /** One for each file that could hold a finding. */
  readonly analyses: readonly FileAnalysis[];
  /** Those whose text is known, by path. */
  readonly files: ReadonlyMap<string, ReviewedFile>;
  /** Paths of other files that were read because a changed one imports them, sorted. */
  readonly alsoRead: readonly string[];
  readonly optionsFor: OptionsFor;
}

/** Of a change, silenced ones too: all are held until the review is planned, and nobody reads more. Files are looked at in batches. */
const MOST_FINDINGS = 10_000;

/** Analyses files as they come in, each by the policy of its folder; then once more those that import what can be had. */
export async function analyseFiles(
  { engine, clock, rules, own, advisories }: Parts,
  policy: Policy,
  batches: AsyncIterable<readonly ReadFile[]>,
  modulesFor: (files: readonly ReadFile[]) => ModuleReader,
): Promise<AnalysedFiles> {
  const optionsFor = createOptionsFor(policy, own, clock);
  const reads: ReadFile[] = [];
  const first: Entry[] = [];
  const files = new Map<string, ReviewedFile>();
  for await (const batch of batches) {
    const measured = first.reduce(
      (sum, { analysis }) => sum + analysis.findings.length + analysis.suppressed.length,
      0,
    );
    const analysed = batch.filter(isSource).map((read) => {
      const { path } = read.file;
      if (isLeftOut(policy, path)) return { analysis: without(path, { kind: "left-out", path }) };
      if (measured > MOST_FINDINGS)
        return { analysis: without(path, { kind: "limit", path, limit: "change", measured, bound: MOST_FINDINGS }) };
      return analyse(engine, read, optionsFor(read.file.path), files);
    });
    first.push(...(await Promise.all(analysed)));
    reads.push(...batch);
  }
  const advised = await advise(engine, await followWhereAnalysed(engine, first, modulesFor(reads)), advisories);
  const analyses = advised.map(({ analysis, notices = [] }) => ({
    ...analysis,
    notices: [...analysis.notices, ...notices],
  }));
  const changed = new Set(reads.map(({ file }) => file.path));
  const alsoRead = new Set(analyses.flatMap(({ read = [] }) => read).filter((path) => !changed.has(path)));
  return { analyses: settle(analyses, rules), files, alsoRead: [...alsoRead].sort(), optionsFor };
}

/** What an analysis of a file is asked for. */
export type OptionsFor = (path: string) => AnalysisOptions;

function createOptionsFor(policy: Policy, own: OwnRules | undefined, clock: Clock): OptionsFor {
  const today = isoDateOf(clock.now());
  return (path) => {
    const { profile, rules: levels } = policyFor(policy, path);
    return { profile, levels, today, ...(own === undefined ? {} : { own }) };
  };
}

/** Without a task where there was nothing to analyse. */
interface Entry {
  readonly task?: AnalysisTask;
  readonly analysis: TaskAnalysis;
  /** What is to be said of the file whatever its analysis says. */
  readonly notices?: readonly Notice[];
}

export function couldHoldFinding({ path, status, hunks }: ChangedFile): boolean {
  if (status === "unchanged") return false;
  const kind = sourceKind(path);
  if (kind !== "script") return kind !== undefined;
  const first = firstLine(hunks);
  return status !== "removed" && (first === undefined || hasPythonFirstLine(first));
}

/** Of the head, where the patch shows it: the name of a script does not say that it is Python. */
function firstLine(hunks: ChangedFile["hunks"]): string | undefined {
  const first = hunks?.[0]?.lines.find((line) => line.kind !== "removed" && line.headLine === 1);
  return first?.text;
}

/** Whether a script that was read is one of ours; one that could not be read may be. A submodule is none, whatever its name. */
function isSource(read: ReadFile): boolean {
  const { file, head } = read;
  if (isSubmodule(read)) return false;
  if (sourceKind(file.path) !== "script") return true;
  if (head?.kind === "text") return hasPythonFirstLine(head.text);
  return head?.kind === "unreadable" && head.reason === "not-fetched";
}

function without(path: string, notice: Notice): FileAnalysis {
  return { path, findings: [], suppressed: [], notices: [notice], linesInScope: 0 };
}

async function analyse(
  engine: Engine,
  read: ReadFile,
  options: AnalysisOptions,
  files: Map<string, ReviewedFile>,
): Promise<Entry> {
  const change = changeOf(read);
  if (change.head === undefined) {
    if (change.base === undefined) return { analysis: withoutAnalysis(read) };
    const task: AnalysisTask = { kind: "change", change, options, project: NO_MODULES };
    return { task, analysis: await engine.analyse(task) };
  }
  const { path, text } = change.head;
  // The code host counts lines as git does: where Python counts others, comments are on the file.
  const hunks = hasLoneReturn(text) ? [] : change.hunks;
  files.set(path, { changed: createChangedLines(path, change.base?.path ?? path, hunks), text });
  const task: AnalysisTask = { kind: "change", change, options, project: NO_MODULES };
  const isBaseMissing = read.base?.kind === "unreadable" && read.base.reason === "not-fetched";
  const notices: Notice[] = isBaseMissing ? [{ kind: "unreadable", path, reason: "not-fetched" }] : [];
  return { task, analysis: await engine.analyse(task), notices };
}
