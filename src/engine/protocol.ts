import type { AnalysisTask } from "../analysis/analyser.ts";
import type { FileAnalysis } from "../analysis/finding.ts";

/** From the pool to a child: tasks to be answered one by one, in order. */
export interface Batch {
  readonly tasks: readonly AnalysisTask[];
}

/** From a child to the pool: `ready` once, or `unable` and the end; then one answer a task. */
export type ChildMessage = { readonly kind: "ready" } | { readonly kind: "unable"; readonly error: string } | Answer;

export type Answer = {
  /** Resident memory of the child after the task, in bytes. */
  readonly rss: number;
} & (
  | { readonly kind: "analysed"; readonly analysis: FileAnalysis }
  /** The analysis threw, which is a defect of the product; the child lives on. */
  | { readonly kind: "threw"; readonly error: string }
);
