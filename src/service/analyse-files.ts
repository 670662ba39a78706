import type { AnalysisOptions, Engine } from "../analysis/analyser.ts";
import { isPython } from "../analysis/context.ts";
import type { FileAnalysis } from "../analysis/finding.ts";
import { isLeftOut } from "../config/patterns.ts";
import type { Policy } from "../config/policy.ts";
import { policyFor } from "../config/policy-for.ts";
import { createChangedLines } from "../diff/changed-lines.ts";
import { manifestFormat } from "../manifests/manifest-format.ts";
import type { ReviewedFile } from "../review/review-plan.ts";
import { changeOf, type ReadFile, withoutAnalysis } from "./file-sides.ts";
import type { ChangedFile, Clock } from "./ports.ts";

interface Parts {
  readonly engine: Engine;
  readonly clock: Clock;
}

export interface AnalysedFiles {
  /** One for each file that could hold a finding. */
  readonly analyses: readonly FileAnalysis[];
  /** Those whose text is known, by path. */
  readonly files: ReadonlyMap<string, ReviewedFile>;
}

/** Analyses files as they come in, each by the policy of its folder. */
export async function analyseFiles(
  { engine, clock }: Parts,
  policy: Policy,
  batches: AsyncIterable<readonly ReadFile[]>,
): Promise<AnalysedFiles> {
  const today = clock.now().toISOString().slice(0, 10);
  const analyses: FileAnalysis[] = [];
  const files = new Map<string, ReviewedFile>();
  for await (const batch of batches) {
    const analysed = batch.map((read) => {
      const { profile, rules, ignore } = policyFor(policy, read.file.path);
      if (isLeftOut(ignore, read.file.path)) return leftOut(read.file.path);
      return analyse(engine, read, { profile, levels: rules, today }, files);
    });
    analyses.push(...(await Promise.all(analysed)));
  }
  return { analyses, files };
}

export function couldHoldFinding({ path, status, hunks }: ChangedFile): boolean {
  if (status === "unchanged") return false;
  return isPython(path, firstLine(hunks)) || manifestFormat(path) !== undefined;
}

/** Of the head, as far as the patch shows it: the name of a script does not say that it is Python. */
function firstLine(hunks: ChangedFile["hunks"]): string {
  const first = hunks?.[0]?.lines.find((line) => line.kind !== "removed" && line.headLine === 1);
  return first?.text ?? "";
}

function leftOut(path: string): FileAnalysis {
  return { path, findings: [], suppressed: [], notices: [{ kind: "left-out", path }], linesInScope: 0 };
}

async function analyse(
  engine: Engine,
  read: ReadFile,
  options: AnalysisOptions,
  files: Map<string, ReviewedFile>,
): Promise<FileAnalysis> {
  const change = changeOf(read);
  if (change.head === undefined) return withoutAnalysis(read);
  const { path, text } = change.head;
  files.set(path, { changed: createChangedLines(path, change.base?.path ?? path, change.hunks), text });
  const analysis = await engine.analyse({ kind: "change", change, options });
  return read.base?.kind === "unreadable" && read.base.reason === "not-fetched"
    ? { ...analysis, notices: [...analysis.notices, { kind: "unreadable", path, reason: "not-fetched" }] }
    : analysis;
}
