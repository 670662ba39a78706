import type { Finding, Fingerprint } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { compareLevels } from "../rules/levels.ts";
import type { Precision } from "../rules/rule.ts";
import { compareText } from "../text/compare-text.ts";
import type { LineRange } from "../text/span.ts";
import { anchorOf, lastLine } from "./anchor.ts";
import { secondPerson } from "./answer.ts";
import { planCheck } from "./check.ts";
import { LARGEST_GROUP, markerOf, type Pen, type Said, writeComment, writeGone, writeSilenced } from "./comment.ts";
import { sourceOf } from "./common-source.ts";
import { judgeConversation } from "./conversation.ts";
import { followRenames } from "./follow-renames.ts";
import { linkTo } from "./links.ts";
import { digest } from "./marker.ts";
import { matchPosted, type Posted } from "./match-posted.ts";
import { respond } from "./respond.ts";
import type { Answer, PlannedComment, PostedComment, ReviewInput, ReviewPlan } from "./review-plan.ts";
import { planSafeFixes } from "./safe-fixes.ts";
import { settleAnswers } from "./settle-answers.ts";
import { fails, isInline } from "./standing.ts";
import { type Suggestion, suggest } from "./suggestion.ts";
import { countLevels, countOf } from "./words.ts";

/**
 * Decides everything that is said on a pull request. What still stands is not said twice, what is gone is marked in its
 * own comment, and what is new is said once: in a comment, in a group with others of its rule, or in the check's summary.
 */
export function planReview(given: ReviewInput): ReviewPlan {
  const { input, waiting, responses } = settleAnswers(followRenames(given));
  const { accepted, responses: conversation } = judgeConversation({
    ...given,
    headSha: given.revision.headSha,
    unverified: unverifiedBlobs(given),
  });
  const pen = penFor(input);
  const findings = mostSevereFirst(input);
  const posted = matchPosted(input, findings);
  const keep = new Set(posted.flatMap((entry) => (entry.kind === "stands" ? entry.findings : [])));
  const context: Context = { input, waiting, all: findings, pen };
  const comments = commentsFor(newFindings(findings, keep, posted, input), room(posted, input), context);
  const fixes = planSafeFixes(findings, input);
  const commented = new Set([...comments.flatMap(({ said }) => said.findings), ...keep]);
  return {
    revision: input.revision,
    ...(comments.length > 0 ? { reviewBody: reviewBody(comments, findings, commented) } : {}),
    comments: comments.map(({ planned }) => planned),
    edits: posted.flatMap((entry) => editFor(entry, context)),
    threads: posted.flatMap(settledThread),
    fixes,
    keep: [...keep].map((finding) => finding.fingerprint),
    responses: responses.flatMap((response) => respond(response, input)),
    conversation,
    check: planCheck({ ...input, findings, commented, waiting, accepted, fixes, link: pen.link }),
    findings: findings.map(({ fingerprint, ruleId, level, location: { path } }) => ({
      fingerprint,
      ruleId,
      level,
      path,
    })),
    answers: new Map(
      input.posted.flatMap(({ fingerprints, answer }) =>
        answer === undefined ? [] : fingerprints.map((each) => [each, answer] as const),
      ),
    ),
  };
}

function unverifiedBlobs({ analyses, blobs }: ReviewInput): ReadonlyMap<string, string> {
  const failing = analyses.filter(({ notices }) => notices.some(isUnverified));
  return new Map(failing.map(({ path }) => [path, blobs.get(path) ?? ""]));
}

/** What comments are planned from. */
interface Context {
  readonly input: ReviewInput;
  readonly waiting: ReadonlyMap<Fingerprint, Answer>;
  readonly all: readonly Finding[];
  readonly pen: Pen;
}

interface Comment {
  readonly said: Said;
  readonly planned: PlannedComment;
}

function penFor({ links, revision, rules, sign, policy, judging }: ReviewInput): Pen {
  const { answerBy } = policy;
  return {
    link: linkTo(links, revision),
    rules,
    sign,
    headSha: revision.headSha,
    answerBy,
    secondPerson: secondPerson(judging),
  };
}

const PRECISIONS: readonly (Precision | undefined)[] = ["very-high", "high", "medium", "low"];

/** By level, then by how often the rule is right, then in source order; each fingerprint once. */
function mostSevereFirst({ analyses, rules }: ReviewInput): readonly Finding[] {
  const unique = new Map(analyses.flatMap(({ findings }) => findings).map((finding) => [finding.fingerprint, finding]));
  const doubt = (finding: Finding) => PRECISIONS.indexOf(rules.get(finding.ruleId)?.precision);
  return [...unique.values()].sort(
    (a, b) =>
      compareLevels(a.level, b.level) ||
      doubt(a) - doubt(b) ||
      compareText(a.location.path, b.location.path) ||
      a.location.span.start.offset - b.location.span.start.offset,
  );
}

/** Those to be said in a comment; what a full group leaves over waits in the summary until the group shrinks. */
function newFindings(
  all: readonly Finding[],
  keep: ReadonlySet<Finding>,
  posted: readonly Posted[],
  input: ReviewInput,
): readonly Finding[] {
  const full = new Set(
    posted.flatMap((entry) =>
      entry.kind === "stands" && entry.findings.length >= LARGEST_GROUP ? entry.findings[0].ruleId : [],
    ),
  );
  return all.filter(
    (finding) =>
      !keep.has(finding) &&
      isInline(finding, input) &&
      (input.quiet !== "bot" || fails(finding, input)) &&
      !full.has(finding.ruleId) &&
      anchorOf(finding, input.files).kind !== "nowhere",
  );
}

/** Comments that stand count: otherwise each push would bring out the next ones, though nothing is new. */
function room(posted: readonly Posted[], { policy, quiet }: ReviewInput): number {
  if (quiet === "installed-later" || quiet === "draft") return 0;
  return Math.max(0, policy.maxComments - posted.filter(({ kind }) => kind === "stands").length);
}

function commentsFor(fresh: readonly Finding[], atMost: number, context: Context): readonly Comment[] {
  return grouped(fresh, context.input.policy.groupFrom)
    .slice(0, atMost)
    .flatMap((group) => commentFor(group, context));
}

type Group = readonly [Finding, ...Finding[]];

/**
 * In the order of each group's first finding: many of one rule, and those of one rule to which the same value comes, for that is one
 * mistake. What has a change to offer stays by itself.
 */
function grouped(findings: readonly Finding[], groupFrom: number): readonly Group[] {
  const byRule = Map.groupBy(findings, (finding) => finding.ruleId);
  const isMany = ({ ruleId }: Finding) => (byRule.get(ruleId)?.length ?? 0) > groupFrom;
  const byCause = Map.groupBy(findings, (finding) =>
    isMany(finding) ? finding.ruleId : (causeOf(finding) ?? finding),
  );
  return [...byCause.values()].flatMap(([first, ...others]): readonly Group[] =>
    first === undefined ? [] : [[first, ...others.slice(0, LARGEST_GROUP - 1)]],
  );
}

function causeOf(finding: Finding): string | undefined {
  const source = sourceOf(finding);
  return source === undefined || finding.fix !== undefined ? undefined : `${finding.ruleId} ${source}`;
}

function commentFor(group: Group, { input, waiting, all, pen }: Context): readonly Comment[] {
  const [finding, ...others] = group;
  const anchor = anchorOf(finding, input.files);
  if (anchor.kind === "nowhere") return [];
  const fingerprints = group.map(({ fingerprint }) => fingerprint);
  if (anchor.kind === "file") {
    const said = { findings: group, ...waitingFor(group, waiting) };
    return [{ said, planned: { fingerprints, path: anchor.path, body: writeComment(said, pen) } }];
  }
  const suggestion = others.length === 0 ? suggestionFor(finding, all, input) : undefined;
  const lines = suggestion?.lines ?? anchor.lines;
  const path = suggestion?.path ?? anchor.path;
  const said = { findings: group, lines, ...waitingFor(group, waiting), ...(suggestion ? { suggestion } : {}) };
  return [{ said, planned: { fingerprints, path, ...linesOnGitHub(lines), body: writeComment(said, pen) } }];
}

function waitingFor(group: Group, waiting: ReadonlyMap<Fingerprint, Answer>): Pick<Said, "waiting"> {
  const answer = group.map(({ fingerprint }) => waiting.get(fingerprint)).find((each) => each !== undefined);
  return answer === undefined ? {} : { waiting: answer };
}

function suggestionFor(finding: Finding, all: readonly Finding[], { files }: ReviewInput): Suggestion | undefined {
  const file = files.get(finding.location.path);
  return file === undefined ? undefined : suggest(finding, file, all);
}

/** GitHub refuses a `start_line` that equals `line`. */
function linesOnGitHub(lines: LineRange): { readonly startLine?: number; readonly line: number } {
  return lines.count > 1 ? { startLine: lines.first, line: lastLine(lines) } : { line: lines.first };
}

function editFor(entry: Posted, context: Context): ReviewPlan["edits"] {
  const { comment } = entry;
  const { pen } = context;
  const heard = isHeard(comment, context.input);
  switch (entry.kind) {
    case "unknown":
      return [];
    case "gone":
      return comment.state === "gone" && heard ? [] : [{ commentId: comment.id, body: writeGone(comment, pen) }];
    case "silenced":
      return heard && comment.state === (entry.suppression.by === "reply" ? "answered" : "silenced")
        ? []
        : [{ commentId: comment.id, body: writeSilenced(comment, entry.suppression, pen) }];
    case "stands": {
      const said = saidAgain(entry, context);
      const isSame = heard && comment.state === "open" && comment.bodyHash === markerOf(said, pen).bodyHash;
      return isSame ? [] : [{ commentId: comment.id, body: writeComment(said, pen) }];
    }
  }
}

/** As the comment says it: what is settled is resolved once, and opened again when it comes back. */
function settledThread({ kind, comment }: Posted): ReviewPlan["threads"] {
  const wasSettled = comment.state !== "open";
  switch (kind) {
    case "unknown":
      return [];
    case "gone":
    case "silenced":
      return wasSettled ? [] : [{ commentId: comment.id, isSettled: true }];
    case "stands":
      return wasSettled ? [{ commentId: comment.id, isSettled: false }] : [];
  }
}

/** A comment stays where GitHub has it now: a suggestion is kept only where it replaces exactly these lines. */
function saidAgain({ comment, findings }: Extract<Posted, { kind: "stands" }>, context: Context): Said {
  const { all, input, waiting } = context;
  const lines = linesOf(comment);
  const thread = { handled: comment.handled, ...(comment.answer === undefined ? {} : { answer: comment.answer }) };
  const basics = { findings, thread, ...waitingFor(findings, waiting) };
  if (lines === undefined) return basics;
  const suggestion = findings.length === 1 ? suggestionFor(findings[0], all, input) : undefined;
  const fits =
    suggestion?.path === comment.path &&
    suggestion.lines.first === lines.first &&
    suggestion.lines.count === lines.count;
  return { ...basics, lines, ...(fits ? { suggestion } : {}) };
}

function linesOf({ startLine, line }: PostedComment): LineRange | undefined {
  if (line === undefined) return undefined;
  const first = startLine ?? line;
  return { first, count: line - first + 1 };
}

/** Carries a digest of the comments, so that one look tells whether this very review was saved. */
function reviewBody(
  comments: readonly Comment[],
  findings: readonly Finding[],
  commented: ReadonlySet<Finding>,
): string {
  const said = comments.flatMap((comment) => comment.said.findings);
  const silent = findings.length - commented.size;
  const rest = silent === 0 ? "" : ` The check lists ${countOf(silent, "more finding")}.`;
  const id = digest(JSON.stringify(comments.map(({ planned }) => [planned.path, planned.fingerprints])));
  return `<!-- safepath:review ${id} -->\n\n${countLevels(said)} in the lines that this change touches.${rest}`;
}

/** Whether the comment's marker already tells of all replies: what was done about them is done. */
function isHeard({ id, handled }: PostedComment, { posted }: ReviewInput): boolean {
  return posted.find((comment) => comment.id === id)?.handled === handled;
}
