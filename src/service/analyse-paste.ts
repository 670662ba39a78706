import type { AnalysisOptions, AnalysisTask, Engine } from "../analysis/analyser.ts";
import type { FileChange } from "../analysis/file-change.ts";
import type { ProjectFile } from "../analysis/project-file.ts";
import { settle } from "../analysis/settle.ts";
import { sourceKind } from "../analysis/source-kind.ts";
import type { FilePatch } from "../diff/parse-git-diff.ts";
import { isDiff, parsePastedDiff } from "../diff/parse-pasted-diff.ts";
import { rebuildSides } from "../diff/rebuild-sides.ts";
import type { PastedFile, PastedPart, PasteReview } from "../pages/paste-review.ts";
import type { Rule } from "../rules/rule.ts";
import { followImports, type ModuleReader, NO_MODULES } from "./follow-imports.ts";

/** What a paste without a name is called: a product's file, no test. */
const NAME = "paste.py";

/** Files of a pasted diff that are analysed; the others are named. */
const MOST_FILES = 20;

interface Parts {
  readonly engine: Engine;
  readonly rules: ReadonlyMap<string, Rule>;
}

interface Prepared {
  readonly task: AnalysisTask;
  readonly text: string;
  readonly parts: readonly PastedPart[];
}

/** What would be said of Python, or of a change as far as a diff shows it. Nothing of it is kept. */
export async function analysePaste(
  { engine, rules }: Parts,
  text: string,
  options: AnalysisOptions,
): Promise<PasteReview> {
  const code = text.replace(/\r\n?/gu, "\n");
  if (!isDiff(code)) return analyseAll([fileOf(code, options)], [], "python");
  const patches = patchesOf(code);
  if (patches === undefined) return { kind: "unreadable" };
  const changes = patches.map((patch) => prepare(patch, options));
  const wanted = changes.filter((one) => typeof one !== "string").slice(0, MOST_FILES);
  const known = new Set(wanted.map(({ task }) => pathOf(task)));
  const leftOut = patches
    .map(({ headPath, basePath = NAME }) => headPath ?? basePath)
    .filter((path) => !known.has(path));
  return analyseAll(wanted, leftOut, "diff");

  async function analyseAll(
    prepared: readonly Prepared[],
    leftOut: readonly string[],
    kind: "python" | "diff",
  ): Promise<PasteReview> {
    const first = await Promise.all(prepared.map(async ({ task }) => ({ task, analysis: await engine.analyse(task) })));
    const followed = await followImports(engine, first, modulesOf(prepared));
    const analyses = settle(
      followed.map(({ analysis }) => analysis),
      rules,
    );
    const files = prepared.map((one, at): PastedFile => {
      const { path = NAME, findings = [], suppressed = [], notices = [] } = analyses[at] ?? {};
      const { text, parts } = one;
      return { path, text, parts, findings, silenced: suppressed.length, notices };
    });
    return { kind, files, leftOut };
  }
}

function fileOf(text: string, options: AnalysisOptions): Prepared {
  const task: AnalysisTask = { kind: "file", file: { path: NAME, text }, options, project: NO_MODULES };
  return { task, text, parts: [{ first: 1, last: text.split("\n").length, added: [] }] };
}

function patchesOf(diff: string): readonly FilePatch[] | undefined {
  try {
    return parsePastedDiff(diff, NAME);
  } catch {
    return undefined;
  }
}

/** The path of what is not analysed: no Python, removed, or too far down in its file. */
function prepare({ basePath, headPath, hunks }: FilePatch, options: AnalysisOptions): Prepared | string {
  const path = headPath ?? basePath ?? NAME;
  const sides = headPath === undefined || sourceKind(path) === undefined ? undefined : rebuildSides(hunks);
  if (sides === undefined) return path;
  const change: FileChange = {
    ...(basePath !== undefined && { base: { path: basePath, text: sides.base } }),
    head: { path, text: sides.head },
    hunks,
  };
  const parts = hunks.map(({ head, lines }) => ({
    first: head.first,
    last: head.first + head.count - 1,
    added: lines.flatMap((line) => (line.kind === "added" ? [line.headLine] : [])),
  }));
  return { task: { kind: "change", change, options, project: NO_MODULES }, text: sides.head, parts };
}

/** Of the files of the same diff; there are no others. */
function modulesOf(prepared: readonly Prepared[]): ModuleReader {
  const files = new Map(prepared.map(({ task }) => [pathOf(task), projectFileOf(task)] as const));
  return {
    mostFiles: 1,
    mostAsked: 50,
    read: async (paths) => paths.map((path) => files.get(path)),
  };
}

function projectFileOf(task: AnalysisTask): ProjectFile | undefined {
  if (task.kind === "file") return undefined;
  const { base, head, hunks } = task.change;
  return {
    path: pathOf(task),
    ...(head !== undefined && { text: head.text }),
    change: { ...(base !== undefined && { base: base.text, basePath: base.path }), hunks },
  };
}

function pathOf(task: AnalysisTask): string {
  return (task.kind === "file" ? task.file.path : task.change.head?.path) ?? NAME;
}
