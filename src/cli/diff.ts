import { join, resolve } from "node:path";
import { FIRST_LINE, hasPythonFirstLine, isMissedWhenGone, sourceKind } from "../analysis/source-kind.ts";
import { isLeftOut } from "../config/policy-for.ts";
import { type Decoded, decodeSource } from "../text/decode-source.ts";
import { type CliContext, UsageError } from "./context.ts";
import { readBlobs } from "./git-blobs.ts";
import { type GitChange, gitChanges } from "./git-changes.ts";
import { gitCommits } from "./git-commits.ts";
import { gitModules } from "./git-modules.ts";
import { type GitRange, resolveRange, stagedRange } from "./git-range.ts";
import { readPolicy } from "./read-policy.ts";
import { pathFrom } from "./relocate.ts";
import type { ReportOptions } from "./report-options.ts";
import { type Input, runAnalysis } from "./run-analysis.ts";
import { writeReport } from "./write-report.ts";

export interface DiffOptions extends ReportOptions {
  readonly repo?: string;
  readonly staged?: true;
}

/** Analyses a change. Returns the exit code. */
export async function diff(range: string | undefined, options: DiffOptions, context: CliContext): Promise<number> {
  const compared = await rangeOf(range, options, context);
  const all = await gitChanges(compared);
  const changes = all.filter(({ path, headBlob }) =>
    headBlob === undefined ? isMissedWhenGone(path) : sourceKind(path) !== undefined,
  );
  const blobs = changes.flatMap(({ baseBlob, headBlob }) => [headBlob, baseBlob].filter((blob) => blob !== undefined));
  const contents = await readBlobs(compared.root, blobs);
  const inForce = await readPolicy({ root: compared.root, paths: changes.map(({ path }) => path) }, options, context);
  const { policy } = inForce;
  const wanted = changes.filter(({ path }) => !isLeftOut(policy, path));
  const inputs = wanted.flatMap((change) => inputOf(change, contents, compared.root, context.cwd));
  const parts = { modules: await gitModules(compared, all), commits: await gitCommits(compared), root: compared.root };
  const analysed = await runAnalysis(inputs, policy, options, inForce.context, parts);
  const reported = { analysed, leftOut: changes.length - wanted.length };
  return writeReport(reported, policy, options, inForce.context);
}

async function rangeOf(range: string | undefined, options: DiffOptions, context: CliContext): Promise<GitRange> {
  const folder = resolve(context.cwd, options.repo ?? ".");
  if (options.staged === true) {
    if (range !== undefined) throw new UsageError("give a range or --staged, not both");
    return stagedRange(folder);
  }
  if (range === undefined) throw new UsageError("what to compare? Write BASE..HEAD, or --staged");
  return resolveRange(folder, range);
}

function inputOf(
  { path, basePath, baseBlob, headBlob, hunks }: GitChange,
  contents: ReadonlyMap<string, Uint8Array>,
  root: string,
  cwd: string,
): readonly Input[] {
  const named = { path, shownPath: pathFrom(cwd, join(root, path)), root, project: { kind: "asked" } as const };
  const before = textOf(contents, baseBlob);
  const base = before?.kind === "text" ? { base: { path: basePath, text: before.text } } : {};
  if (headBlob === undefined)
    return before?.kind === "text" ? [{ ...named, content: { kind: "change", ...base, hunks } }] : [];
  const bytes = contents.get(headBlob);
  if (sourceKind(path) === "script" && (bytes === undefined || !hasPythonFirstLine(firstCharacters(bytes)))) return [];
  if (bytes === undefined) return [{ ...named, content: { kind: "unreadable", reason: "too-large" } }];
  const head = decodeSource(bytes);
  if (head.kind === "unreadable") return [{ ...named, content: head }];
  return [{ ...named, content: { kind: "change", ...base, head: { path, text: head.text }, hunks } }];
}

function textOf(contents: ReadonlyMap<string, Uint8Array>, blob: string | undefined): Decoded | undefined {
  const bytes = blob === undefined ? undefined : contents.get(blob);
  return bytes === undefined ? undefined : decodeSource(bytes);
}

function firstCharacters(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, FIRST_LINE)).toString("latin1");
}
