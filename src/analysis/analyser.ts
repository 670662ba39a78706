import type { PackageAdvisories } from "../manifests/advisory.ts";
import type { OwnRules } from "../rules/own-rules.ts";
import type { Level, Profile } from "../rules/rule.ts";
import type { TaskAnalysis } from "./elsewhere.ts";
import type { FileChange, SourceFile } from "./file-change.ts";
import type { ProjectSource } from "./project-file.ts";

/** What is wanted of an analysis. Plain data: it is sent to child processes. */
export interface AnalysisOptions {
  readonly profile: Profile;
  /** By rule id, what a configuration says: off, or the level to report at, in either profile. */
  readonly levels: Readonly<Record<string, Level | "off">>;
  /** Today as an ISO date, for suppressions that expire: the analysis itself has no clock. */
  readonly today: string;
  /** Rules and models of the repository's own, beside ours. */
  readonly own?: OwnRules;
  /** What is known of flaws in releases that the file asks for; absent where nobody has looked. */
  readonly advisories?: readonly PackageAdvisories[];
}

export type AnalysisTask = (
  | { readonly kind: "file"; readonly file: SourceFile }
  | { readonly kind: "change"; readonly change: FileChange }
) & {
  readonly options: AnalysisOptions;
  /** Where imports are followed to; without it the file stands alone. */
  readonly project?: ProjectSource;
};

/** Pure: the same task (and the same files on disk, where it names them) gives the same analysis, findings in source order. */
export type Analyse = (task: AnalysisTask) => TaskAnalysis;

/** Where tasks are run: in this process, or in child processes with a deadline. */
export interface Engine {
  /** Never rejects for what the input does: a child that hangs or dies is a notice of that file. */
  analyse(task: AnalysisTask): Promise<TaskAnalysis>;
  close(): Promise<void>;
}
