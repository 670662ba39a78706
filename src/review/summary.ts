import type { Finding, Notice, Suppression } from "../analysis/finding.ts";
import { type CheckInput, unverified } from "./check-input.ts";
import { codeSpan, sentence, tableCell } from "./escape.ts";
import { cutText, fitSections, type Section } from "./fit-sections.ts";
import { CHECK_SUMMARY } from "./limits.ts";
import { isCorrectable, isIncomplete, isUnseen, noticeText } from "./notices.ts";
import type { PlannedCheck, PlannedComment } from "./review-plan.ts";
import { atLeast, countLevels, countOf, number } from "./words.ts";

/** The check's summary: first what to do, then every finding, then what explains it. Who opens only the check misses nothing. */
export function summarize(input: CheckInput): string {
  const notices = input.analyses.flatMap((analysis) => analysis.notices);
  const shown = input.findings.filter(({ level }) => level !== "note");
  const notes = input.findings.filter(({ level }) => level === "note");
  const suppressed = input.analyses.flatMap((analysis) => analysis.suppressed);
  return fitSections(
    [
      text(whatToDo(input)),
      list("Could not be verified:", notices.filter(isIncomplete)),
      table("", shown, "", input),
      list("Worth correcting:", notices.filter(isCorrectable)),
      ...fold("Notes", notes.length, (open, close) => table(open, notes, close, input)),
      ...suppressions(suppressed, input),
      lookedAt(input, notices),
    ],
    CHECK_SUMMARY,
  );
}

/** The check for a review of which the code host refused some comments: their findings are in the table like all others. */
export function withRefused(check: PlannedCheck, refused: readonly PlannedComment[]): PlannedCheck {
  if (refused.length === 0) return check;
  const findings = refused.flatMap(({ fingerprints }) => fingerprints).length;
  const note = `GitHub took no comment for ${countOf(findings, "finding")}: only the table below has ${findings === 1 ? "it" : "them"}.`;
  return { ...check, summary: `${check.summary.replace(FIRST_LINE, `$& ${note}`)}` };
}

const FIRST_LINE = /^[^\n]*/u;

function whatToDo(input: CheckInput): string {
  const { findings, policy, analyses, commented } = input;
  const failing = findings.filter(({ level }) => atLeast(level, policy.failOn));
  const others = findings.length - failing.length;
  const missing = unverified(input);
  const parts = [
    failing.length > 0 ? `**Fix or answer ${countLevels(failing)}** to pass this check.` : "",
    failing.length === 0 && others > 0 ? `Nothing fails this check. ${countLevels(findings)} to look at.` : "",
    failing.length > 0 && others > 0 ? `${sentenceStart(others)} ${others === 1 ? "does" : "do"} not fail it.` : "",
    findings.length > 0 ? whereSaid(findings.length, commented.size) : "",
    missing > 0 ? whatToDoWithUnverified(input, missing) : "",
    findings.length === 0 && missing === 0
      ? analyses.length === 0
        ? "No Python changes: nothing to do."
        : "Nothing to do."
      : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function sentenceStart(others: number): string {
  return others === 1 ? "The other finding" : `The other ${number(others)} findings`;
}

function whereSaid(all: number, commented: number): string {
  if (commented === 0) return all === 1 ? "It is listed here." : "They are listed here.";
  if (commented === all) return all === 1 ? "A comment is on its line." : "Each has a comment on its line.";
  return `${countOf(commented, "finding")} ${commented === 1 ? "has" : "have"} a comment in the code, ${number(all - commented)} only ${all - commented === 1 ? "a row" : "rows"} here.`;
}

function whatToDoWithUnverified({ policy, coverage }: CheckInput, missing: number): string {
  const beyond = coverage.truncated
    ? " GitHub lists no more than 3,000 files of a change: split it to have all of them reviewed."
    : "";
  const consequence =
    policy.onIncomplete === "failure" ? ", so this check fails" : ", which by policy does not fail this check";
  return `${countOf(missing, "file")} could not be verified${consequence}. Re-run it; if that does not help, the reason is below.${beyond}`;
}

function table(open: string, findings: readonly Finding[], close: string, { link }: CheckInput): Section {
  if (findings.length === 0) return text("");
  return {
    head: `${open}| Where | What | Rule | Level |\n|---|---|---|---|`,
    items: findings.map((finding) =>
      [
        "",
        tableCell(link.line(finding.location)),
        tableCell(sentence(cutText(finding.message, MESSAGE_IN_TABLE))),
        `[${codeSpan(finding.ruleId)}](${link.rulePage(finding.ruleId)})`,
        finding.level,
        "",
      ]
        .join(" | ")
        .trim(),
    ),
    more: (cut) => `\n${countOf(cut, "more finding")} than fit here: see the annotations of this check.`,
    tail: close,
  };
}

/** A table's rows are read at a glance; the comment and the annotation have the whole message. */
const MESSAGE_IN_TABLE = 600;

function suppressions(suppressed: readonly Suppression[], input: CheckInput): readonly Section[] {
  const dated = suppressed.filter(({ until }) => until !== undefined);
  const lasting = suppressed.filter(({ until }) => until === undefined);
  const row = ({ finding, reason, by, until, added }: Suppression) => {
    const end = until === undefined ? "" : `, until ${codeSpan(until)}`;
    const why = reason === undefined ? "no reason given" : codeSpan(reason);
    return `- ${input.link.line(finding.location)} ${codeSpan(finding.ruleId)} by ${BY[by]}${end}${added ? ", **added by this change**" : ""}: ${why}`;
  };
  const listed = (entries: readonly Suppression[]) => (open: string, close: string) => ({
    head: open,
    items: entries.map(row),
    more: (cut: number) => `- ${countOf(cut, "more")}`,
    tail: close,
  });
  const added = lasting.filter((entry) => entry.added).length;
  return [
    ...fold(
      added > 0 ? `Silenced, ${number(added)} of them by this change` : "Silenced",
      lasting.length,
      listed(lasting),
    ),
    ...fold("Accepted until a date", dated.length, listed(dated)),
  ];
}

const BY = { comment: "a comment", config: "the configuration", baseline: "the baseline" };

function lookedAt({ analyses, coverage }: CheckInput, notices: readonly Notice[]): Section {
  const seen = analyses.filter((analysis) => !isUnseen(analysis));
  const lines = seen.reduce((sum, { linesInScope }) => sum + linesInScope, 0);
  const limits = notices.filter((notice) => !isIncomplete(notice) && !isCorrectable(notice));
  const others = coverage.changedFiles - analyses.length;
  const elsewhere = others > 0 ? `; ${countOf(others, "file")} with no Python and no dependencies` : "";
  const all = coverage.truncated ? `${number(coverage.changedFiles)} or more` : number(coverage.changedFiles);
  return {
    head: `<details><summary>What was looked at</summary>\n\n${number(seen.length)} of ${all} changed ${coverage.changedFiles === 1 ? "file" : "files"}, ${countOf(lines, "changed line")}${elsewhere}.\n`,
    items: limits.map((notice) => `- ${noticeText(notice)}`),
    more: (cut) => `- ${countOf(cut, "more remark")}`,
    tail: "\n</details>",
  };
}

function fold(title: string, count: number, section: (open: string, close: string) => Section): readonly Section[] {
  return count === 0 ? [] : [section(`<details><summary>${title} (${number(count)})</summary>\n\n`, "\n</details>")];
}

function list(title: string, notices: readonly Notice[]): Section {
  if (notices.length === 0) return text("");
  return {
    head: `${title}\n`,
    items: notices.map((notice) => `- ${noticeText(notice)}`),
    more: (cut) => `- ${countOf(cut, "more file")}`,
    tail: "",
  };
}

function text(markdown: string): Section {
  return { head: markdown, items: [], tail: "" };
}
