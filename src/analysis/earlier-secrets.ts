import type { FilePatch } from "../diff/parse-git-diff.ts";
import { rebuildSides } from "../diff/rebuild-sides.ts";
import { fillMessage } from "../rules/message.ts";
import type { Rule } from "../rules/rule.ts";
import type { AnalysisOptions, AnalysisTask } from "./analyser.ts";
import type { FileAnalysis, Finding } from "./finding.ts";
import { namesOf } from "./fingerprint.ts";
import { sourceKind } from "./source-kind.ts";

/** The rule that says what this finds: no pattern can, for no side of the change has it. */
export const EARLIER_SECRET = "secret-in-earlier-commit";

/** A commit of a change, before its last one. */
export interface Commit {
  readonly sha: string;
  /** Against its parent. */
  readonly files: readonly FilePatch[];
}

export interface CommitTask {
  readonly commit: string;
  readonly task: AnalysisTask;
  readonly path: string;
  /** The commit's side of the file, as far as its hunks show it. */
  readonly text: string;
  /** What the commit takes away, in all its files. */
  readonly removed: string;
}

/** What is to be analysed of a commit: the files that can hold a secret, with the rules for secrets alone. */
export function commitTasks(
  { sha, files }: Commit,
  rules: ReadonlyMap<string, Rule>,
  today: string,
): readonly CommitTask[] {
  const others = [...rules.values()].filter(({ tags }) => !tags.includes("secret"));
  const levels = Object.fromEntries(others.map(({ id }) => [id, "off" as const]));
  const options: AnalysisOptions = { profile: "default", levels, today };
  const removed = linesOf(files, "removed");
  return files.flatMap(({ basePath, headPath: path, hunks }): readonly CommitTask[] => {
    const isWanted = path !== undefined && sourceKind(path) !== undefined && linesOf([{ hunks }], "added") !== "";
    const sides = isWanted ? rebuildSides(hunks) : undefined;
    if (path === undefined || sides === undefined) return [];
    const base = basePath === undefined ? {} : { base: { path: basePath, text: sides.base } };
    const change = { ...base, head: { path, text: sides.head }, hunks };
    return [{ commit: sha, task: { kind: "change", change, options }, path, text: sides.head, removed }];
  });
}

/** What the whole change says: a secret that its head still has is reported there, and one that its base had is not new. */
export interface WholeChange {
  /** Texts of the changed files. */
  readonly heads: readonly string[];
  readonly removed: string;
}

/** The secrets that a commit brought in and a later one took away. */
export function earlierSecrets(
  { commit, path, text, removed }: CommitTask,
  { findings }: FileAnalysis,
  whole: WholeChange,
  rules: ReadonlyMap<string, Rule>,
): readonly Finding[] {
  const rule = rules.get(EARLIER_SECRET);
  if (rule === undefined) return [];
  return findings.flatMap((finding): readonly Finding[] => {
    const { start, end } = finding.location.span;
    const secret = withoutQuotes(text.slice(start.offset, end.offset));
    const isThere = [whole.removed, removed, ...whole.heads].some((other) => other.includes(secret));
    if (finding.level === "note" || isThere) return [];
    const { ruleId: kind, fingerprint, excerpt, marked, location } = finding;
    const identity = { ruleId: rule.id, path, scope: "", text: fingerprint, source: "" };
    return [
      {
        ruleId: rule.id,
        level: rule.level,
        location,
        commit,
        scope: "",
        message: fillMessage(rule.message, { commit: commit.slice(0, 7), path, kind }),
        excerpt,
        ...(marked !== undefined && { marked }),
        ...namesOf(identity, 0),
      },
    ];
  });
}

/** The lines of a change that are of one kind, of all its files. */
export function linesOf(files: readonly Pick<FilePatch, "hunks">[], kind: "added" | "removed"): string {
  return files
    .flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines.filter((line) => line.kind === kind)))
    .map(({ text }) => text)
    .join("\n");
}

function withoutQuotes(literal: string): string {
  return literal.replace(/^[A-Za-z]{0,2}(?:"""|'''|["'])|(?:"""|'''|["'])$/gu, "");
}
