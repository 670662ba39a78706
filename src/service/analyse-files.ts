import type { AnalysisOptions, Engine } from "../analysis/analyser.ts";
import { isPython } from "../analysis/context.ts";
import type { FileAnalysis } from "../analysis/finding.ts";
import { createChangedLines } from "../diff/changed-lines.ts";
import { manifestFormat } from "../manifests/manifest-format.ts";
import type { ReviewedFile, Revision } from "../review/review-plan.ts";
import { changeOf, type ReadFile, requestsFor, withoutAnalysis } from "./file-sides.ts";
import type { ChangedFile, Clock, CodeHost, RepositoryRef } from "./ports.ts";

interface Parts {
  readonly host: CodeHost;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly analysis: Omit<AnalysisOptions, "today">;
}

export interface AnalysedFiles {
  /** One for each file that could hold a finding. */
  readonly analyses: readonly FileAnalysis[];
  /** Those whose text is known, by path. */
  readonly files: ReadonlyMap<string, ReviewedFile>;
}

/** Bounds the memory that a large change takes, and the work that goes on after a newer push. */
const FILES_AT_ONCE = 50;

export async function analyseFiles(
  parts: Parts,
  ref: RepositoryRef,
  revision: Revision,
  changed: readonly ChangedFile[],
  signal: AbortSignal,
): Promise<AnalysedFiles> {
  const options = { ...parts.analysis, today: parts.clock.now().toISOString().slice(0, 10) };
  const candidates = changed.filter(couldHoldFinding);
  const analyses: FileAnalysis[] = [];
  const files = new Map<string, ReviewedFile>();
  for (let first = 0; first < candidates.length; first += FILES_AT_ONCE) {
    signal.throwIfAborted();
    const sides = await readSides(parts.host, ref, revision, candidates.slice(first, first + FILES_AT_ONCE));
    analyses.push(...(await Promise.all(sides.map((side) => analyse(parts.engine, side, options, files)))));
  }
  return { analyses, files };
}

function couldHoldFinding({ path, status, hunks }: ChangedFile): boolean {
  if (status === "unchanged") return false;
  return isPython(path, firstLine(hunks)) || manifestFormat(path) !== undefined;
}

/** Of the head, as far as the patch shows it: the name of a script does not say that it is Python. */
function firstLine(hunks: ChangedFile["hunks"]): string {
  const first = hunks?.[0]?.lines.find((line) => line.kind !== "removed" && line.headLine === 1);
  return first?.text ?? "";
}

async function readSides(
  host: CodeHost,
  ref: RepositoryRef,
  revision: Revision,
  files: readonly ChangedFile[],
): Promise<readonly ReadFile[]> {
  const requests = files.map((file) => requestsFor(file, revision));
  const texts = await host.read(
    ref,
    requests.flatMap(({ base, head }) => [base, head].filter((one) => one !== undefined)),
  );
  let next = 0;
  return files.map((file, index) => {
    const base = requests[index]?.base && texts[next++];
    const head = requests[index]?.head && texts[next++];
    return { file, ...(base ? { base } : {}), ...(head ? { head } : {}) };
  });
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
