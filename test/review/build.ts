import type { FileAnalysis, Finding } from "../../src/analysis/finding.ts";
import { DEFAULT_POLICY } from "../../src/config/defaults.ts";
import { createChangedLines } from "../../src/diff/changed-lines.ts";
import type { Hunk, HunkLine } from "../../src/diff/hunk.ts";
import { signMarkers } from "../../src/review/marker.ts";
import type { ReviewedFile, ReviewInput } from "../../src/review/review-plan.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { createLineIndex } from "../../src/text/line-index.ts";
import type { Location, TextEdit } from "../../src/text/span.ts";

export const HEAD = "3f2c1a9d00c3b5a7e9f1d3b5a7e9f1d3b5a7e9f1";
export const SIGN = signMarkers("a key for tests", "1:7");

/** The first place where `code` stands in `text`. */
export function locate(path: string, text: string, code: string): Location {
  const start = text.indexOf(code);
  if (start < 0) throw new Error(`no ${code} in ${path}`);
  return { path, span: createLineIndex(text).spanOf(start, start + code.length) };
}

export function edit(text: string, code: string, replacement: string): TextEdit {
  return { span: locate("", text, code).span, text: replacement };
}

/** A location that spans whole lines, where no text is at hand. */
export function lines(path: string, first: number, last = first): Location {
  return {
    path,
    span: {
      start: { line: first, column: 4, offset: first * 100 },
      end: { line: last, column: 20, offset: last * 100 + 16 },
    },
  };
}

export function finding(parts: Partial<Finding> & { readonly location: Location }): Finding {
  const ruleId = parts.ruleId ?? "sql-injection";
  return {
    ruleId,
    level: "error",
    scope: "",
    message: "`name` comes from the query string and becomes part of the statement that `db.execute` runs.",
    excerpt: "",
    contentKey: "",
    fingerprint: `${ruleId}:${parts.location.path}:${parts.location.span.start.offset}`,
    ...parts,
  };
}

export function rule(parts: Partial<Rule> & { readonly id: string }): Rule {
  return {
    section: "input-validation",
    title: `Title of ${parts.id}`,
    level: "error",
    precision: "high",
    cwe: "CWE-89",
    furtherCwes: [],
    profile: "default",
    seed: [],
    tags: [],
    codes: [],
    formerly: [],
    supersedes: [],
    references: [],
    message: "",
    why: "",
    remedy: "",
    inTests: "off",
    match: { kind: "import", module: [] },
    bad: [],
    good: [],
    ...parts,
  };
}

/** A file of which the change added the lines `added`; context of three lines around them, as in a unified diff. */
export function file(
  path: string,
  text: string,
  added: readonly number[],
  removedBefore: readonly number[] = [],
): ReviewedFile {
  const hunks = hunksAround(text, added, removedBefore);
  return { changed: createChangedLines(path, path, hunks), text };
}

/** A file that the change adds whole. */
export function newFile(path: string, text: string): ReviewedFile {
  return file(
    path,
    text,
    text.split("\n").map((_, index) => index + 1),
  );
}

export function analysis(path: string, parts: Partial<FileAnalysis> = {}): FileAnalysis {
  return { path, findings: [], suppressed: [], notices: [], linesInScope: 10, ...parts };
}

export function input(parts: Partial<ReviewInput> = {}): ReviewInput {
  const findings = (parts.analyses ?? []).flatMap((entry) => entry.findings);
  return {
    revision: { baseSha: "b".repeat(40), headSha: HEAD },
    links: { repositoryUrl: "https://github.example/shop/web", rulePages: "https://docs.example/rules" },
    analyses: [],
    coverage: { changedFiles: parts.analyses?.length ?? 0, truncated: false },
    posted: [],
    mayFix: false,
    conversation: { requests: [], accepted: [], answered: new Set() },
    blobs: new Map(),
    judging: { author: "alice", authors: new Set(["alice"]), today: "2026-11-27", mayWrite: new Set() },
    files: new Map(),
    rules: new Map(findings.map(({ ruleId }) => [ruleId, rule({ id: ruleId })])),
    policy: DEFAULT_POLICY,
    configProblems: [],
    sign: SIGN,
    ...parts,
  };
}

export function filesByPath(...files: readonly ReviewedFile[]): ReadonlyMap<string, ReviewedFile> {
  return new Map(files.map((entry) => [entry.changed.path, entry]));
}

function hunksAround(text: string, added: readonly number[], removedBefore: readonly number[]): readonly Hunk[] {
  const all = text.split("\n");
  const near = all.map((_, index) => index + 1).filter((line) => added.some((other) => Math.abs(other - line) <= 3));
  const runs: number[][] = [];
  for (const line of near) {
    const run = runs.at(-1);
    if (run?.at(-1) === line - 1) run.push(line);
    else runs.push([line]);
  }
  return runs.map((run) => {
    const hunkLines = run.flatMap((headLine): HunkLine[] => {
      const code = all[headLine - 1] ?? "";
      const removed: HunkLine[] = removedBefore.includes(headLine)
        ? [{ kind: "removed", baseLine: headLine, text: "" }]
        : [];
      return added.includes(headLine)
        ? [...removed, { kind: "added", headLine, text: code }]
        : [...removed, { kind: "context", baseLine: headLine, headLine, text: code }];
    });
    const head = { first: run[0] ?? 1, count: run.length };
    return { base: head, head, lines: hunkLines };
  });
}
