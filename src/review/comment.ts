import type { Finding, Suppression } from "../analysis/finding.ts";
import type { Rule } from "../rules/rule.ts";
import type { LineRange } from "../text/span.ts";
import { lastLine } from "./anchor.ts";
import { haveOneSource } from "./common-source.ts";
import { codeSpan, sentence } from "./escape.ts";
import { cutText, fitSections, type Section } from "./fit-sections.ts";
import { COMMENT_BODY } from "./limits.ts";
import type { LinkTo } from "./links.ts";
import { digest, withoutMarker, writeMarker } from "./marker.ts";
import type { Answer, Marker, PostedComment, Sign } from "./review-plan.ts";
import { type Suggestion, suggestionBlock } from "./suggestion.ts";
import { traceSteps } from "./trace.ts";
import { countOf } from "./words.ts";

/** What comments are written with. */
export interface Pen {
  readonly link: LinkTo;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly sign: Sign;
  readonly headSha: string;
  readonly answerBy: "reply" | "code-comment";
  /** Who can agree, in words. */
  readonly secondPerson: string;
}

/** What one comment speaks for: one finding, or several of one rule. */
export interface Said {
  readonly findings: readonly [Finding, ...Finding[]];
  /** The lines it is placed on; absent in a comment on the whole file, and in one that has become outdated. */
  readonly lines?: LineRange;
  /** Somebody wants it silenced, and it takes a second person. */
  readonly waiting?: Answer;
  /** What the comment had been answered, and the last reply that was looked at. */
  readonly thread?: Pick<Marker, "answer" | "handled">;
  /** Only where `lines` are exactly the lines it replaces. */
  readonly suggestion?: Suggestion;
}

/** The most findings of one comment: their fingerprints are in its marker, and that has to fit. */
export const LARGEST_GROUP = 200;

export function writeComment(said: Said, pen: Pen): string {
  const [finding, ...others] = said.findings;
  const about = others.length === 0 ? aboutOne(finding, said, pen) : aboutMany(said.findings, pen);
  return withMarker(
    markerOf(said, pen),
    [headline(finding, pen), ...about, aboutSecond(said, pen), footer(finding, said, pen)],
    pen,
  );
}

/** The marker of a comment for these findings: its hash covers the words, not the places, for those move with every push. */
export function markerOf({ findings, waiting, thread }: Said, pen: Pen): Marker {
  const words = findings.map((finding) => [
    finding.level,
    finding.message,
    ...(finding.trace ?? []).map((step) => `${step.location.path} ${step.note}`),
  ]);
  const said = [titleOf(findings[0].ruleId, pen.rules), findings[0].ruleId, pen.answerBy, words, waiting ?? null];
  return {
    state: "open",
    handled: 0,
    ...thread,
    bodyHash: digest(JSON.stringify(said)),
    fingerprints: findings.map((finding) => finding.fingerprint),
  };
}

/** The comment once its finding is gone: one line on top, the rest folded. */
export function writeGone(posted: PostedComment, pen: Pen): string {
  return folded(posted, "gone", `*No longer found at ${codeSpan(pen.headSha.slice(0, 7))}.*`, pen);
}

/** The comment once its finding was silenced where the code stands. */
export function writeSilenced(posted: PostedComment, suppression: Suppression, pen: Pen): string {
  const { reason, until } = suppression;
  const why = reason === undefined ? "" : `: ${codeSpan(reason)}`;
  const end = until === undefined ? "" : ` until ${until}`;
  const line = `*Silenced by ${silencer(suppression)}${end} at ${codeSpan(pen.headSha.slice(0, 7))}*${why}`;
  return folded(posted, suppression.by === "reply" ? "answered" : "silenced", line, pen);
}

/** Who or what silences a finding; logins in code, where they notify nobody. */
export function silencer({ by, people = [] }: Suppression): string {
  switch (by) {
    case "comment":
      return people.length === 0
        ? "a comment in the code"
        : `a comment in the code, with the agreement of ${loginsOf(people)}`;
    case "config":
      return "the configuration";
    case "baseline":
      return "the baseline";
    case "reply":
      return loginsOf(people);
  }
}

function loginsOf(people: readonly string[]): string {
  return people.map((login) => codeSpan(login)).join(" and ");
}

/** The rule's title, at most 200 bytes: a custom rule may state a longer one. */
export function titleOf(ruleId: string, rules: ReadonlyMap<string, Rule>): string {
  return cutText(rules.get(ruleId)?.title ?? ruleId, 200);
}

function withMarker(marker: Marker, sections: readonly Section[], pen: Pen): string {
  return fitSections([fixed(writeMarker(marker, pen.sign)), ...sections], COMMENT_BODY);
}

function headline(finding: Finding, pen: Pen): Section {
  return fixed(`**${sentence(titleOf(finding.ruleId, pen.rules))}** · ${codeSpan(finding.ruleId)} · ${finding.level}`);
}

function aboutOne(finding: Finding, said: Said, pen: Pen): readonly Section[] {
  const here =
    said.lines !== undefined && includes(said.lines, finding.location.span.start.line) && finding.anchor === undefined;
  const where = here ? "" : `\n\nIt is in ${pen.link.line(finding.location, finding.commit)}.`;
  const change = said.suggestion === undefined ? [] : [offer(said.suggestion, finding)];
  return [fixed(messageOf(finding) + where), { ...fixed(""), items: change }, trace(finding, pen)];
}

/** Bytes, before what escaping adds: with the marker and a long path they fit in a comment. */
const LONGEST_MESSAGE = 2_000;

function messageOf(finding: Finding): string {
  return sentence(cutText(finding.message, LONGEST_MESSAGE));
}

function offer(suggestion: Suggestion, finding: Finding): string {
  const block = suggestionBlock(suggestion);
  if (finding.fix?.applicability !== "unsafe") return block;
  return `${block}\n\n${sentence(finding.fix.title)}: this changes what the code does, so check that nothing relies on it as it was.`;
}

function trace(finding: Finding, pen: Pen): Section {
  const steps = traceSteps(finding, pen.link);
  if (steps.length === 0) return fixed("");
  return {
    head: `<details><summary>How the value gets here (${countOf(steps.length, "step")})</summary>\n`,
    items: steps,
    more: (cut) => `\n${countOf(cut, "more step")} not shown.`,
    tail: "\n</details>",
  };
}

function aboutMany(findings: readonly Finding[], pen: Pen): readonly Section[] {
  const messages = new Set(findings.map((finding) => finding.message));
  const [common] = messages.size === 1 ? messages : [];
  const places: Section = {
    head: `This change has it in ${countOf(findings.length, "place")}${findings.length < LARGEST_GROUP ? "" : " or more"}:\n`,
    items: findings.map((finding) => {
      const message = common === undefined ? ` ${messageOf(finding)}` : "";
      return `- ${pen.link.line(finding.location, finding.commit)}${message}`;
    }),
    more: (cut) => `- ${countOf(cut, "more place")}: see the check's summary`,
    tail: "",
  };
  const way = haveOneSource(findings) ? [trace(findings[0], pen)] : [];
  return [...(common === undefined ? [] : [fixed(messageOf(findings[0]))]), places, ...way];
}

function aboutSecond({ waiting }: Said, { secondPerson }: Pen): Section {
  if (waiting === undefined) return fixed("");
  return fixed(
    `*${codeSpan(waiting.by)} silenced this (${codeSpan(waiting.reason)}). It takes a second person: ${secondPerson} replies* \`/safepath agree\`*.*`,
  );
}

function footer(finding: Finding, { waiting }: Said, pen: Pen): Section {
  const why = `[Why this matters and how to fix it](${pen.link.rulePage(finding.ruleId)})`;
  const answer = waiting === undefined ? howToAnswer(finding, pen) : undefined;
  return fixed(answer === undefined ? why : `${why} · Not a problem here? ${answer}`);
}

/** Comments silence findings in Python alone. */
function howToAnswer({ ruleId, location, commit }: Finding, { answerBy }: Pen): string | undefined {
  if (commit !== undefined) return "Reply `/safepath rotated <reason>` once the secret is revoked";
  if (answerBy === "reply") return "Reply `/safepath ignore <reason>`";
  const isPython = /\.py[iw]?$/u.test(location.path);
  return isPython ? `End the line with ${codeSpan(`# safepath: ignore[${ruleId}] -- <reason>`)}` : undefined;
}

function folded(posted: PostedComment, state: "gone" | "silenced" | "answered", line: string, pen: Pen): string {
  const words = unfolded(withoutMarker(posted.body)).replace(/^(`{3,})suggestion$/gmu, "$1python");
  const sections = [fixed(line), { head: FOLD, items: [words], tail: UNFOLD, more: () => "*Too long to repeat.*" }];
  return withMarker({ ...posted, state }, sections, pen);
}

const FOLD = "<details><summary>What it said</summary>\n";
const UNFOLD = "\n</details>";

function unfolded(body: string): string {
  const start = body.indexOf(FOLD);
  const isFolded = body.startsWith("*") && start >= 0 && body.endsWith(UNFOLD);
  return isFolded ? body.slice(start + FOLD.length, -UNFOLD.length).trim() : body;
}

function includes(lines: LineRange, line: number): boolean {
  return line >= lines.first && line <= lastLine(lines);
}

function fixed(text: string): Section {
  return { head: text, items: [], tail: "" };
}
