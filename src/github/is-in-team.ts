import type { RepositoryRef } from "../service/ports.ts";
import type { Connection } from "./connection.ts";

/** Teams that are looked into at most. */
const MOST_TEAMS = 20;

/** Members of a team's child teams are members of it. A team that is not there has none. */
export async function isInTeam(
  { seeingMembers }: Connection,
  { owner, installationId }: RepositoryRef,
  teams: readonly string[],
  login: string,
): Promise<boolean | undefined> {
  const query = await seeingMembers(installationId);
  if (query === undefined) return undefined;
  const asked = teams.slice(0, MOST_TEAMS);
  const variables = Object.fromEntries(asked.map((team, index) => [`team${index}`, team]));
  const { organization } = await query<Answer>(membersQuery(asked.length), { ...variables, owner, login });
  const members = Object.values(organization ?? {}).flatMap((team) => team?.members.nodes ?? []);
  return members.some((member) => member.login.toLowerCase() === login.toLowerCase());
}

interface Answer {
  readonly organization: Readonly<
    Record<string, { readonly members: { readonly nodes: readonly { readonly login: string }[] } } | null>
  > | null;
}

/** GitHub finds members by a part of their name: the login is compared afterwards. */
function membersQuery(teams: number): string {
  const numbers = Array.from({ length: teams }, (_, index) => index);
  return `query($owner: String!, $login: String!, ${numbers.map((at) => `$team${at}: String!`).join(", ")}) {
  organization(login: $owner) {
    ${numbers.map((at) => `t${at}: team(slug: $team${at}) { members(query: $login, first: 100) { nodes { login } } }`).join("\n    ")}
  }
}`;
}
