import { type FileAnalysis, isAboutSuppression, type Notice } from "../analysis/finding.ts";
import { uncheckedText } from "../report/notice-text.ts";
import { suppressionText } from "../report/suppression-text.ts";
import { codeSpan } from "./escape.ts";
import { kilobytes, number } from "./words.ts";

/** Whether a finding of the file may be missing: one that is absent is then not said to be gone. */
export function mayHide(notice: Notice): boolean {
  return !isAboutSuppression(notice);
}

/** Whether the file was not looked at at all. */
export function isUnseen(analysis: FileAnalysis): boolean {
  return analysis.notices.some(endedEarly);
}

/** What is wrong with the input itself, and a person can put right. */
export function isCorrectable(notice: Notice): boolean {
  return notice.kind === "broken-manifest" || (isAboutSuppression(notice) && !isEnding(notice));
}

/** What a suppression silences will be said again before long. */
export function isEnding(notice: Notice): boolean {
  return notice.kind === "suppression-ends-soon";
}

/** One line of Markdown: what was expected, what was found, where, what happens now. */
export function noticeText(notice: Notice): string {
  if (isAboutSuppression(notice)) {
    const { path, span } = notice.location;
    return `${place(path, span.start.line)}: ${suppressionText(notice, codeSpan)}`;
  }
  switch (notice.kind) {
    case "syntax-error":
      return `${place(notice.location.path, notice.location.span.start.line)}: not Python that the parser knows; the rest of the file was analysed`;
    case "limit":
      return `${codeSpan(notice.path)}: ${limitText(notice)}`;
    case "too-slow":
      return `${codeSpan(notice.path)}: the analysis took longer than ${number(notice.milliseconds)} ms`;
    case "crashed":
      return `${codeSpan(notice.path)}: the analysis ended early`;
    case "unreadable":
      return `${codeSpan(notice.path)}: ${UNREADABLE[notice.reason]}`;
    case "left-out":
      return `${codeSpan(notice.path)}: left out by the configuration`;
    case "generated":
      return `${codeSpan(notice.path)}: taken for the work of a tool by its name, its head or its long lines; only ${notice.isNew ? "errors, " : ""}secrets and hidden code are looked for`;
    case "broken-manifest":
      return `${place(notice.path, notice.line)}: ${codeSpan(notice.reason)}; what could be read of the file was analysed`;
    case "advisories-unchecked":
      return `${codeSpan(notice.path)}: ${uncheckedText(notice)}`;
    case "rule-failed":
      return `${codeSpan(notice.path)}: the rule ${codeSpan(notice.ruleId)} failed on it; the other rules were applied`;
  }
}

function endedEarly(notice: Notice): boolean {
  if (isAboutSuppression(notice)) return false;
  switch (notice.kind) {
    case "crashed":
    case "too-slow":
    case "unreadable":
    case "left-out":
      return true;
    case "limit":
      return notice.limit !== "steps" && notice.limit !== "depth";
    case "syntax-error":
    case "rule-failed":
    case "broken-manifest":
    case "advisories-unchecked":
    case "generated":
      return false;
  }
}

/** Why a file has no text. */
export const UNREADABLE = {
  binary: "not a text file",
  "nul-bytes": "has NUL bytes, before which Python may run it",
  "not-utf8": "not UTF-8",
  "unknown-encoding": "names an encoding that is not read here",
  "in-lfs": "kept in Git LFS, which is not read",
  "not-fetched": "could not be read from GitHub",
  "too-large": "too large to be read",
};

function limitText({ limit, measured, bound }: Extract<Notice, { kind: "limit" }>): string {
  switch (limit) {
    case "size":
      return `not analysed: ${kilobytes(measured)}, limit ${kilobytes(bound)}`;
    case "nodes":
      return `not analysed: ${number(measured)} syntax nodes, limit ${number(bound)}`;
    case "continuations":
      return `not analysed: ${number(measured)} lines joined by backslashes, limit ${number(bound)}`;
    case "steps":
      return `analysed in part: more than ${number(bound)} steps`;
    case "depth":
      return `analysed in part: nested deeper than ${number(bound)}`;
  }
}

function place(path: string, line: number): string {
  return `${codeSpan(path)} line ${line}`;
}
