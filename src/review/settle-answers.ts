import type { FileAnalysis, Finding, Fingerprint, Suppression } from "../analysis/finding.ts";
import { isAtLeast } from "../rules/levels.ts";
import { type Answerable, judge } from "./answer.ts";
import type { Answer, PostedComment, Response, ReviewInput } from "./review-plan.ts";
import { fails } from "./standing.ts";

/** The input once people's answers are part of it. */
export interface Settled {
  readonly input: ReviewInput;
  /** Findings that somebody wants silenced, for which it takes a second person. */
  readonly waiting: ReadonlyMap<Fingerprint, Answer>;
  readonly responses: readonly Response[];
}

/**
 * Findings that people answered are silenced like those with a comment in the code. What takes a second person stands
 * until there is one, also where the change itself silences it.
 */
export function settleAnswers(given: ReviewInput): Settled {
  const held = new Map(heldBack(given).map((entry) => [entry.finding.fingerprint, entry]));
  const found = new Map(given.analyses.flatMap(({ findings }) => findings).map((each) => [each.fingerprint, each]));
  for (const [fingerprint, { finding }] of held) found.set(fingerprint, finding);
  const judged = given.posted.map((comment) => judgeThread(comment, found, held, given));
  const answers = new Map(
    judged.flatMap(({ posted: { answer, fingerprints } }) =>
      answer === undefined ? [] : fingerprints.map((each) => [each, answer] as const),
    ),
  );
  const waiting = new Map<Fingerprint, Answer>();
  for (const [fingerprint, entry] of held) waiting.set(fingerprint, authorsOwn(entry, given));
  for (const [fingerprint, answer] of answers) {
    if (answer.waits === true) waiting.set(fingerprint, answer);
    else waiting.delete(fingerprint);
  }
  return {
    input: {
      ...given,
      posted: judged.map(({ posted }) => posted),
      analyses: given.analyses.map((each) => apply(each, held, answers)),
    },
    waiting,
    responses: judged.flatMap(({ responses }) => responses),
  };
}

/** What the change silences in its own code, by a comment of its own or one that was there, and its author alone cannot. */
function heldBack(input: ReviewInput): readonly Suppression[] {
  return input.analyses.flatMap(({ suppressed }) =>
    suppressed.filter(
      ({ by, added, isStretched, finding }) =>
        by === "comment" && (added || isStretched === true) && needsSecond(finding, input),
    ),
  );
}

function needsSecond(finding: Finding, input: ReviewInput): boolean {
  return fails(finding, input) && isAtLeast(finding.level, input.policy.secondPersonFrom);
}

function judgeThread(
  comment: PostedComment,
  found: ReadonlyMap<Fingerprint, Finding>,
  held: ReadonlyMap<Fingerprint, Suppression>,
  input: ReviewInput,
): { readonly posted: PostedComment; readonly responses: readonly Response[] } {
  const findings = comment.fingerprints.flatMap((fingerprint) => found.get(fingerprint) ?? []);
  const silenced = comment.fingerprints
    .map((fingerprint) => held.get(fingerprint))
    .find((entry) => entry !== undefined);
  const about: Answerable = {
    ruleId: findings[0]?.ruleId ?? "",
    needsSecond: findings.some((finding) => needsSecond(finding, input)),
    ...(silenced === undefined ? {} : { silencedBy: silenced.reason ?? "" }),
  };
  const { answer, handled, responses } = judge(comment, about, input.judging);
  const { answer: _, ...rest } = comment;
  const inTime = answer?.until === undefined || answer.until >= input.judging.today;
  return { posted: { ...rest, handled, ...(answer !== undefined && inTime ? { answer } : {}) }, responses };
}

function authorsOwn({ reason }: Suppression, { judging }: ReviewInput): Answer {
  return { verb: "ignore", reason: reason ?? "no reason given", by: judging.author, on: judging.today, waits: true };
}

function apply(
  analysis: FileAnalysis,
  held: ReadonlyMap<Fingerprint, Suppression>,
  answers: ReadonlyMap<Fingerprint, Answer>,
): FileAnalysis {
  const inForce = (fingerprint: Fingerprint) => {
    const answer = answers.get(fingerprint);
    return answer?.waits === true ? undefined : answer;
  };
  const back = analysis.suppressed.filter(
    ({ finding }) => held.has(finding.fingerprint) && inForce(finding.fingerprint) === undefined,
  );
  const answered = analysis.findings.flatMap((finding): readonly Suppression[] => {
    const answer = inForce(finding.fingerprint);
    return answer === undefined ? [] : [suppressionOf(finding, answer)];
  });
  return {
    ...analysis,
    findings: [
      ...analysis.findings.filter(({ fingerprint }) => inForce(fingerprint) === undefined),
      ...back.map(({ finding }) => finding),
    ],
    suppressed: [
      ...analysis.suppressed.filter((entry) => !back.includes(entry)).map((entry) => agreedTo(entry, inForce)),
      ...answered,
    ],
  };
}

/** A comment in the code that people agreed to. */
function agreedTo(entry: Suppression, inForce: (fingerprint: Fingerprint) => Answer | undefined): Suppression {
  const answer = inForce(entry.finding.fingerprint);
  return answer === undefined ? entry : { ...entry, people: peopleOf(answer) };
}

function peopleOf({ by, agreedBy }: Answer): readonly string[] {
  return agreedBy === undefined ? [by] : [by, agreedBy];
}

function suppressionOf(finding: Finding, answer: Answer): Suppression {
  const { reason, until } = answer;
  return {
    finding,
    by: "reply",
    reason,
    ...(until === undefined ? {} : { until }),
    people: peopleOf(answer),
    added: false,
  };
}
