/** An account. Bots have the login that REST gives them: `slug[bot]`. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Bot" | "Organization";
}

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

/** The shape that GitHub calls a simple user. */
export function userShape(account: Account, api: string, web: string): Record<string, unknown> {
  const url = `${api}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: accountNode(account),
    avatar_url: `${web}/avatars/${account.id}`,
    gravatar_id: "",
    url,
    html_url: accountPage(account, web),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: "public",
    site_admin: false,
  };
}

export function accountNode(account: Account): string {
  return `${account.type.slice(0, 1)}_${account.id}`;
}

function accountPage(account: Account, web: string): string {
  return account.type === "Bot" ? `${web}/apps/${account.login.replace("[bot]", "")}` : `${web}/${account.login}`;
}
