import type { Finding, Notice, Suppression } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { endsSoon } from "../analysis/suppression-notices.ts";
import type { ConfigProblem } from "../config/parse.ts";
import { isVersionFile } from "../manifests/version-files.ts";
import { compareLevels } from "../rules/levels.ts";
import { compareText } from "../text/compare-text.ts";
import type { CheckInput } from "./check-input.ts";
import { silencer } from "./comment.ts";
import { codeSpan, sentence, tableCell } from "./escape.ts";
import { cutText, fitSections, type Section } from "./fit-sections.ts";
import { CHECK_SUMMARY } from "./limits.ts";
import { isCorrectable, isEnding, isUnseen, noticeLine } from "./notices.ts";
import { packageTable } from "./package-table.ts";
import type { Acceptance, Coverage, PlannedCheck, PlannedComment } from "./review-plan.ts";
import { isMonitored } from "./standing.ts";
import { surfaceTable } from "./surface-table.ts";
import { traceFold } from "./trace.ts";
import { aboutRefused, whatToDo } from "./what-to-do.ts";
import { countOf, number, whereTheRestIs } from "./words.ts";

/** The check's summary: first what to do, then every finding, then what explains it. Who opens only the check misses nothing. */
export function summarize(input: CheckInput): string {
  const notices = input.analyses.flatMap((analysis) => analysis.notices);
  const monitored = input.findings.filter((finding) => isMonitored(finding, input));
  const said = input.findings.filter((finding) => !monitored.includes(finding));
  const shown = said.filter(({ level }) => level !== "note");
  const notes = said.filter(({ level }) => level === "note");
  const suppressed = input.analyses.flatMap((analysis) => analysis.suppressed);
  return fitSections(
    [
      text(whatToDo(input)),
      ...aboutConfiguration(input),
      list("Could not be verified:", unverifiedNotices(input).map(noticeLine)),
      list("Accepted without being verified:", [...input.accepted.values()].map(acceptance)),
      table("", shown, "", input),
      list("Silenced, and waiting for a second person, who replies `/safepath agree`:", aboutWaiting(input)),
      list("Worth correcting:", notices.filter(isCorrectable).map(noticeLine)),
      list("Silenced for a few more days:", aboutEnding(notices, suppressed, input)),
      ...fold("Notes", number(notes.length), (open, close) => table(open, notes, close, input)),
      ...fold("Monitored: listed here alone", number(monitored.length), (open, close) =>
        table(open, monitored, close, input),
      ),
      ...packageTable(input),
      ...surfaceTable(input),
      ...suppressions(suppressed, input),
      lookedAt(input, notices),
      ...traceFold(input.findings.toSorted(bySeverityThenPlace), input.link),
    ],
    CHECK_SUMMARY,
  );
}

/** The check for a review of which the code host refused some comments: their findings are in the table like all others. */
export function withRefused(check: PlannedCheck, refused: readonly PlannedComment[]): PlannedCheck {
  if (refused.length === 0) return check;
  const findings = refused.flatMap(({ fingerprints }) => fingerprints).length;
  return { ...check, summary: check.summary.replace(FIRST_LINE, (line) => `${line} ${aboutRefused(findings)}`) };
}

const FIRST_LINE = /^[^\n]*/u;

function table(open: string, findings: readonly Finding[], close: string, input: CheckInput): Section {
  const { link } = input;
  if (findings.length === 0) return text("");
  return {
    head: `${open}| Where | What | Rule | Level |\n|---|---|---|---|`,
    items: findings
      .toSorted(bySeverityThenPlace)
      .map((finding) =>
        [
          "",
          tableCell(link.line(finding.location, finding.commit)),
          tableCell(sentence(cutText(finding.message, MESSAGE_IN_TABLE))),
          `[${codeSpan(finding.ruleId)}](${link.rulePage(finding.ruleId)})`,
          finding.level,
          "",
        ]
          .join(" | ")
          .trim(),
      ),
    more: (cut) => `\n${countOf(cut, "more finding")} than fit here: ${whereTheRestIs(input.findings.length)}.`,
    tail: close,
  };
}

/** As one reads the change; what a comment is spent on first is of no use here. */
function bySeverityThenPlace({ level, location: a }: Finding, other: Finding): number {
  const { location: b } = other;
  return compareLevels(level, other.level) || compareText(a.path, b.path) || a.span.start.offset - b.span.start.offset;
}

/** A table's rows are read at a glance; the comment and the annotation have the whole message. */
const MESSAGE_IN_TABLE = 600;

function suppressions(suppressed: readonly Suppression[], input: CheckInput): readonly Section[] {
  const dated = suppressed.filter(({ until }) => until !== undefined);
  const lasting = suppressed.filter(({ until }) => until === undefined);
  const row = (entry: Suppression) => {
    const { finding, reason, until, added } = entry;
    const end = until === undefined ? "" : `, until ${codeSpan(until)}`;
    const why = reason === undefined ? "no reason given" : codeSpan(reason);
    return `- ${input.link.line(finding.location, finding.commit)} ${codeSpan(finding.ruleId)} by ${silencer(entry)}${end}${added ? ", **added by this change**" : ""}: ${why}`;
  };
  const listed = (entries: readonly Suppression[]) => (open: string, close: string) => ({
    head: open,
    items: entries.map(row),
    more: (cut: number) => `- ${number(cut)} more`,
    tail: close,
  });
  const added = lasting.filter((entry) => entry.added).length;
  return [
    ...fold(
      "Silenced",
      added > 0 ? `${number(lasting.length)}, ${number(added)} by this change` : number(lasting.length),
      listed(lasting),
    ),
    ...fold("Accepted until a date", number(dated.length), listed(dated)),
  ];
}

/** Comments in the code, and replies. */
function aboutEnding(
  notices: readonly Notice[],
  suppressed: readonly Suppression[],
  { link, judging }: CheckInput,
): readonly string[] {
  const replies = suppressed.filter(({ by, until }) => by === "reply" && endsSoon(until, judging.today));
  return [
    ...notices.filter(isEnding).map(noticeLine),
    ...replies.map(
      ({ finding, until = "" }) =>
        `${link.line(finding.location, finding.commit)} ${codeSpan(finding.ruleId)} until ${until}`,
    ),
  ];
}

function aboutWaiting({ findings, waiting, link }: CheckInput): readonly string[] {
  return findings.flatMap((finding) => {
    const answer = waiting.get(finding.fingerprint);
    if (answer === undefined) return [];
    return [
      `${link.line(finding.location, finding.commit)} ${codeSpan(finding.ruleId)} by ${codeSpan(answer.by)}: ${codeSpan(answer.reason)}`,
    ];
  });
}

function unverifiedNotices({ analyses, accepted }: CheckInput): readonly Notice[] {
  return analyses.filter(({ path }) => !accepted.has(path)).flatMap(({ notices }) => notices.filter(isUnverified));
}

function acceptance({ path, blob, by, on, reason }: Acceptance): string {
  return `${codeSpan(path)} as it is (${codeSpan(blob.slice(0, 7))}), by ${codeSpan(by)} on ${on}: ${codeSpan(reason)}`;
}

function aboutConfiguration({ configProblems, configPreview }: CheckInput): readonly Section[] {
  const line = ({ path, line, message }: ConfigProblem) => `${codeSpan(path)} line ${line}: ${message}`;
  const problems = list("**Configuration problem.** All else is in force:", configProblems.map(line));
  if (configPreview === undefined) return [problems];
  const { settings } = configPreview;
  const effect =
    settings.length === 0 ? "it changes no setting" : `it changes ${settings.map((name) => codeSpan(name)).join(", ")}`;
  return [
    problems,
    text(`This change edits the configuration. This review goes by the one before; once merged ${effect}.`),
    list("**Configuration problem** in what the change makes of it:", configPreview.problems.map(line)),
  ];
}

function lookedAt({ analyses, coverage }: CheckInput, notices: readonly Notice[]): Section {
  const seen = analyses.filter((analysis) => !isUnseen(analysis));
  const lines = seen.reduce((sum, { linesInScope }) => sum + linesInScope, 0);
  const limits = notices.filter((notice) => !isUnverified(notice) && !isCorrectable(notice) && !isEnding(notice));
  const others = coverage.changedFiles - analyses.length;
  const elsewhere = others > 0 ? `; ${countOf(others, "file")} of other kinds` : "";
  const also = alsoRead(coverage);
  const all = coverage.truncated ? `${number(coverage.changedFiles)} or more` : number(coverage.changedFiles);
  return {
    head: `<details><summary>What was looked at</summary>\n\n${number(seen.length)} of ${all} changed ${coverage.changedFiles === 1 ? "file" : "files"}, ${countOf(lines, "changed line")}${elsewhere}.${also}${limits.length > 0 ? "\n" : ""}`,
    items: limits.map((notice) => `- ${noticeLine(notice)}`),
    more: (cut) => `- ${countOf(cut, "more remark")}`,
    tail: "\n</details>",
  };
}

/** Imports of the change lead there: findings may end in them, though nobody asked to have them reviewed. */
function alsoRead({ alsoRead: paths = [] }: Coverage): string {
  const because = (why: string, read: readonly string[]) =>
    read.length === 0 ? "" : ` Also read, because ${why}: ${read.map(codeSpan).join(", ")}.`;
  const included = paths.filter((path) => !path.endsWith(".py") && !isVersionFile(path));
  return (
    because(
      "changed files import them",
      paths.filter((path) => path.endsWith(".py")),
    ) +
    because("changed files include them", included) +
    because("rules ask for versions", paths.filter(isVersionFile))
  );
}

function fold(title: string, count: string, section: (open: string, close: string) => Section): readonly Section[] {
  return count === "0" ? [] : [section(`<details><summary>${title} (${count})</summary>\n\n`, "\n</details>")];
}

function list(title: string, lines: readonly string[]): Section {
  if (lines.length === 0) return text("");
  return {
    head: `${title}\n`,
    items: lines.map((line) => `- ${line}`),
    more: (cut) => `- ${number(cut)} more`,
    tail: "",
  };
}

function text(markdown: string): Section {
  return { head: markdown, items: [], tail: "" };
}
