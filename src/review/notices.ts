import { type FileAnalysis, isAboutSuppression, type Notice } from "../analysis/finding.ts";
import { noticeText } from "../report/notice-text.ts";
import { placeOfNotice } from "../report/report.ts";
import { codeSpan } from "./escape.ts";

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

/** One line of Markdown: where, what was given up on, what holds of the rest. */
export function noticeLine(notice: Notice): string {
  const { path, line } = placeOfNotice(notice);
  const place = line === undefined ? codeSpan(path) : `${codeSpan(path)} line ${line}`;
  return `${place}: ${noticeText(notice, codeSpan)}`;
}

/** Limits that a part of the file keeps to. */
const IN_PART: ReadonlySet<string> = new Set(["steps", "depth", "findings", "notes"]);

function endedEarly(notice: Notice): boolean {
  if (isAboutSuppression(notice)) return false;
  switch (notice.kind) {
    case "crashed":
    case "too-slow":
    case "unreadable":
    case "left-out":
      return true;
    case "limit":
      return !IN_PART.has(notice.limit);
    case "syntax-error":
    case "rule-failed":
    case "broken-manifest":
    case "advisories-unchecked":
    case "generated":
      return false;
  }
}
