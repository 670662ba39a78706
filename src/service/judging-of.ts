import type { Policy } from "../config/policy.ts";
import type { Judging } from "../review/answer.ts";
import { isoDateOf } from "../text/iso-date.ts";
import type { CommitRef, PullRequest } from "./ports.ts";
import type { ReviewParts } from "./review-parts.ts";

/** Who asks something, and the commits that a pull request consists of. */
export interface Asked {
  readonly asking: readonly string[];
  readonly commits: readonly CommitRef[];
}

/**
 * What people's answers are judged by. Permissions are asked for each time: who lost them decides nothing any more. Whom the policy names is
 * heard without write access, too.
 */
export async function judgingOf(
  parts: Pick<ReviewParts, "host" | "clock">,
  pr: PullRequest,
  policy: Pick<Policy, "secondPeople">,
  { asking, commits }: Asked,
): Promise<Judging> {
  const { host, clock } = parts;
  const logins = [...new Set(asking)];
  const allowed = await Promise.all(logins.map((login) => host.mayWrite(pr.ref, login)));
  const writing = logins.filter((_, index) => allowed[index]);
  const { deciders, teamsAreHidden } = await decidersAmong(logins, parts, pr, policy);
  return {
    author: pr.author.login,
    authors: new Set([pr.author.login, ...commits.flatMap(peopleOf)]),
    today: isoDateOf(clock.now()),
    mayWrite: new Set([...writing, ...(deciders ?? [])]),
    deciders,
    teamsAreHidden,
  };
}

/** A merge brings in what others wrote. */
function peopleOf({ parents, people }: CommitRef): readonly string[] {
  return parents.length > 1 ? [] : people;
}

async function decidersAmong(
  logins: readonly string[],
  { host }: Pick<ReviewParts, "host">,
  { ref }: PullRequest,
  { secondPeople }: Pick<Policy, "secondPeople">,
): Promise<{ readonly deciders?: ReadonlySet<string>; readonly teamsAreHidden: boolean }> {
  if (secondPeople === undefined) return { teamsAreHidden: false };
  const { people, teams } = secondPeople;
  const named = new Set(people.map((login) => login.toLowerCase()));
  const others = logins.filter((login) => !named.has(login.toLowerCase()));
  const members = teams.length === 0 ? [] : await Promise.all(others.map((login) => host.isInTeam(ref, teams, login)));
  return {
    deciders: new Set([
      ...logins.filter((login) => named.has(login.toLowerCase())),
      ...others.filter((_, index) => members[index] === true),
    ]),
    teamsAreHidden: members.includes(undefined),
  };
}
