import type { AnalysisTask } from "../analysis/analyser.ts";
import type { FileAnalysis, Notice } from "../analysis/finding.ts";
import { lengthOfFile } from "../analysis/project-file.ts";

/** What befell the analysis of one file, for the log; the review says it as a notice. */
export type Trouble =
  | { readonly kind: "threw"; readonly path: string; readonly error: string }
  | { readonly kind: "crashed"; readonly path: string }
  | { readonly kind: "too-slow"; readonly path: string; readonly milliseconds: number };

/** The analysis of a file that could not be analysed. */
export function troubledAnalysis(task: AnalysisTask, trouble: Trouble): FileAnalysis {
  return {
    path: trouble.path,
    findings: [],
    suppressed: [],
    notices: [noticeOf(trouble)],
    linesInScope: linesInScope(task),
  };
}

export function pathOf(task: AnalysisTask): string {
  if (task.kind === "file") return task.file.path;
  return task.change.head?.path ?? task.change.base?.path ?? "";
}

/** UTF-16 code units that the task carries. */
export function sizeOf(task: AnalysisTask): number {
  const modules = task.project?.kind === "given" ? task.project.files : [];
  const given = modules.reduce((sum, file) => sum + lengthOfFile(file), 0);
  if (task.kind === "file") return given + task.file.text.length;
  return given + (task.change.head?.text.length ?? 0) + (task.change.base?.text.length ?? 0);
}

/** With the stack: it names the product's own code, not the text that was analysed. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function noticeOf(trouble: Trouble): Notice {
  switch (trouble.kind) {
    case "threw":
    case "crashed":
      return { kind: "crashed", path: trouble.path };
    case "too-slow":
      return { kind: "too-slow", path: trouble.path, milliseconds: trouble.milliseconds };
  }
}

function linesInScope(task: AnalysisTask): number {
  if (task.kind === "file") return task.file.text.split("\n").length;
  return task.change.hunks.reduce((sum, { lines }) => sum + lines.filter(({ kind }) => kind === "added").length, 0);
}
