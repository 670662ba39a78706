import type { Rule } from "../rules/rule.ts";
import { closest } from "../text/closest.ts";
import { daysAfter, isIsoDate } from "../text/iso-date.ts";
import { oncePer } from "../text/once-per.ts";
import type { SuppressionNotice } from "./finding.ts";
import type { SuppressionComment } from "./suppression-comments.ts";

export interface SuppressionJudge {
  readonly path: string;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly today: string;
  /** Ids of the rules whose findings it silences. */
  readonly silencedBy: (comment: SuppressionComment) => readonly string[];
  /** The rule of a finding that it speaks of and does not silence. */
  readonly reportedAt: (comment: SuppressionComment) => string | undefined;
  /** Whether the rule would have spoken here if there were anything to say: a comment for it that silences nothing is unused. */
  readonly isDue: (rule: Rule, comment: SuppressionComment) => boolean;
}

/** Days before its end from which a suppression is listed. */
const SOON = 14;

export function endsSoon(until: string | undefined, today: string): boolean {
  return until !== undefined && until <= daysAfter(today, SOON);
}

/** What is wrong with a comment of ours, the most telling alone; comments of other tools are theirs to judge. */
export function suppressionNotices(comment: SuppressionComment, judge: SuppressionJudge): readonly SuppressionNotice[] {
  if (!comment.isOurs) return [];
  const { span, text } = comment;
  const location = { path: judge.path, span };
  const problem = problemOf(comment, judge);
  return problem === undefined ? [] : [{ ...problem, location, text }];
}

function problemOf(
  comment: SuppressionComment,
  judge: SuppressionJudge,
): Omit<SuppressionNotice, "location" | "text"> | undefined {
  const { names, reason, until } = comment;
  const { rules, today } = judge;
  const byName = rulesByName(rules);
  const unknown = names.find((name) => !byName.has(name));
  if (names.length === 0) return { kind: "suppression-without-rule" };
  if (unknown !== undefined) return { kind: "suppression-unknown-rule", about: unknown, ...meantBy(unknown, rules) };
  if (until !== undefined && !isIsoDate(until)) return { kind: "suppression-bad-date", about: until };
  if (reason === undefined) return { kind: "suppression-without-reason" };
  if (until !== undefined && until < today) return { kind: "suppression-expired", about: until };
  const silenced = judge.silencedBy(comment);
  const unused = names.find((name) => {
    const rule = byName.get(name);
    return rule !== undefined && !silenced.includes(rule.id) && judge.isDue(rule, comment);
  });
  const meant = unused === undefined ? undefined : judge.reportedAt(comment);
  if (unused !== undefined) return { kind: "suppression-unused", about: unused, ...(meant !== undefined && { meant }) };
  const isEnding = until !== undefined && silenced.length > 0 && endsSoon(until, today);
  return isEnding ? { kind: "suppression-ends-soon", about: until } : undefined;
}

const rulesByName = oncePer(
  (rules: ReadonlyMap<string, Rule>) =>
    new Map([...rules.values()].flatMap((rule) => [rule.id, ...rule.formerly].map((id) => [id, rule] as const))),
);

/** Another tool's code stands for the rule that knows it, where that is one. */
function meantBy(name: string, rules: ReadonlyMap<string, Rule>): Pick<SuppressionNotice, "meant"> {
  const [known, ...others] = [...rules.values()].filter(({ codes }) => codes.includes(name));
  const meant = known === undefined || others.length > 0 ? closest(name, [...rules.keys()]) : known.id;
  return meant === undefined ? {} : { meant };
}
