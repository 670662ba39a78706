import type { Octokit } from "@octokit/rest";
import { CONFIG_PATH, ORGANIZATION_REPOSITORY } from "../config/config-files.ts";
import type {
  FailedAnswer,
  InstallationState,
  Permissions,
  Registration,
  RepositoryState,
} from "../service/registration.ts";
import type { Clients } from "./clients.ts";
import { PAGE } from "./connection.ts";
import { CHECK_NAME } from "./find-check.ts";
import { faultOf } from "./map-error.ts";

/** GitHub keeps deliveries for three days; these pages hold the newest of those that failed. */
const MOST_PAGES = 3;

/** What GitHub says of the App; of each installation at most `mostRepositories` are looked at. */
export async function readRegistration(
  clients: Pick<Clients, "forApp" | "forInspection">,
  mostRepositories: number,
): Promise<Registration> {
  const octokit = clients.forApp();
  const [app, hook, failures, found] = await Promise.all([
    readApp(octokit),
    readHook(octokit),
    readFailures(octokit),
    octokit.paginate(octokit.rest.apps.listInstallations, { per_page: PAGE }),
  ]);
  const installations: InstallationState[] = [];
  for (const each of found) installations.push(await readInstallation(clients, each, mostRepositories));
  return { app, hook, failures, installations };
}

async function readApp(octokit: Octokit): Promise<Registration["app"]> {
  const { data } = await octokit.rest.apps.getAuthenticated();
  if (data === null) throw new Error("GitHub names no App");
  return {
    id: data.id,
    name: data.name,
    htmlUrl: data.html_url,
    permissions: permissionsOf(data.permissions),
    events: data.events,
  };
}

function permissionsOf(granted: Readonly<Record<string, string | undefined>>): Permissions {
  return Object.fromEntries(
    Object.entries(granted).flatMap(([name, level]) => (level === undefined ? [] : [[name, level]])),
  );
}

/** The secret itself is never told, only whether there is one. */
async function readHook(octokit: Octokit): Promise<Registration["hook"]> {
  const { data } = await octokit.rest.apps.getWebhookConfigForApp();
  return {
    url: data.url,
    contentType: data.content_type,
    hasSecret: (data.secret ?? "") !== "",
    verifiesCertificate: String(data.insecure_ssl ?? "0") === "0",
  };
}

async function readFailures(octokit: Octokit): Promise<readonly FailedAnswer[]> {
  const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, {
    status: "failure",
    per_page: PAGE,
  });
  const counts = new Map<string, { event: string; status: number; times: number }>();
  let read = 0;
  for await (const { data } of pages) {
    for (const { event, status_code: status } of data) {
      const count = counts.get(`${event} ${status}`) ?? { event, status, times: 0 };
      counts.set(`${event} ${status}`, { ...count, times: count.times + 1 });
    }
    read += 1;
    if (read === MOST_PAGES) break;
  }
  return [...counts.values()];
}

type Installation = Awaited<ReturnType<Octokit["rest"]["apps"]["listInstallations"]>>["data"][number];

async function readInstallation(
  clients: Pick<Clients, "forInspection">,
  { id, account, html_url, suspended_at, permissions, events }: Installation,
  mostRepositories: number,
): Promise<InstallationState> {
  const known = {
    account: account?.login ?? String(id),
    htmlUrl: html_url,
    isSuspended: suspended_at !== null,
    permissions: permissionsOf(permissions),
    events,
  };
  if (known.isSuspended) return { ...known, isConfigured: false, repositories: [], leftOut: 0 };
  const octokit = await clients.forInspection(id);
  const all = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: PAGE });
  const active = all.filter(({ archived }) => !archived);
  const repositories: RepositoryState[] = [];
  for (const { owner, name, full_name, default_branch } of active.slice(0, mostRepositories)) {
    const place = {
      owner: owner.login,
      repo: name,
      branch: default_branch,
    };
    repositories.push({ name: full_name, required: await readRequired(octokit, place) });
  }
  return {
    ...known,
    isConfigured: await hasConfiguration(octokit, known.account),
    repositories,
    leftOut: Math.max(0, active.length - mostRepositories),
  };
}

async function hasConfiguration(octokit: Octokit, owner: string): Promise<boolean> {
  try {
    await octokit.rest.repos.getContent({ owner, repo: ORGANIZATION_REPOSITORY, path: CONFIG_PATH });
    return true;
  } catch (error) {
    if (faultOf(error, new Date(0))?.kind === "gone") return false;
    throw error;
  }
}

type BranchPlace = { readonly owner: string; readonly repo: string; readonly branch: string };

async function readRequired(octokit: Octokit, place: BranchPlace): Promise<RepositoryState["required"]> {
  const [byRules, byProtection] = await Promise.all([
    requiredByRules(octokit, place),
    requiredByProtection(octokit, place),
  ]);
  return [
    ...byRules.map((source) => ({ by: "ruleset", source }) as const),
    ...byProtection.map((source) => ({ by: "branch-protection", source }) as const),
  ];
}

async function requiredByRules(octokit: Octokit, place: BranchPlace): Promise<readonly (number | "any")[]> {
  const { data } = await octokit.rest.repos.getBranchRules({ ...place, per_page: PAGE });
  return data.flatMap((rule) => {
    if (rule.type !== "required_status_checks") return [];
    const checks = rule.parameters?.required_status_checks ?? [];
    return checks.flatMap(({ context, integration_id }) => (context === CHECK_NAME ? [integration_id ?? "any"] : []));
  });
}

/** A repository without a commit has no branch. */
async function requiredByProtection(octokit: Octokit, place: BranchPlace): Promise<readonly (number | "any")[]> {
  try {
    const { data } = await octokit.rest.repos.getBranch(place);
    const checks = data.protection.required_status_checks?.checks ?? [];
    return checks.flatMap(({ context, app_id }) => (context === CHECK_NAME ? [sourceOf(app_id)] : []));
  } catch (error) {
    if (faultOf(error, new Date(0))?.kind === "gone") return [];
    throw error;
  }
}

/** −1 and nothing both say that any App may post the check. */
function sourceOf(appId: number | null): number | "any" {
  return appId === null || appId < 0 ? "any" : appId;
}
