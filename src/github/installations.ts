import type { Clock, HeadCheck, Installations, OpenPullRequest, RepositoryRef } from "../service/ports.ts";
import type { Clients } from "./clients.ts";
import { PAGE, repositoryOf } from "./connection.ts";
import { latestRun } from "./find-check.ts";
import { withFaults } from "./map-error.ts";

/** Pages of open pull requests that are looked at in one repository: who has more lives with the checks of the newest. */
const MOST_PAGES = 3;

interface Parts {
  readonly clients: Pick<Clients, "forInstallation">;
  readonly appId: number;
  readonly clock: Clock;
}

/** What an installation reaches. */
export function createInstallations({ clients, appId, clock }: Parts): Installations {
  const faults = <T>(requests: () => Promise<T>) => withFaults(() => clock.now(), requests);
  return {
    repositories: (installationId) => faults(() => listRepositories(clients, installationId)),
    openPullRequests: (ref) => faults(() => listOpen(clients, ref)),
    headCheck: (ref, headSha) => faults(() => readHeadCheck(clients, appId, ref, headSha)),
  };
}

async function listRepositories(clients: Parts["clients"], installationId: number): Promise<readonly RepositoryRef[]> {
  const octokit = await clients.forInstallation(installationId);
  const found = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: PAGE });
  return found
    .filter(({ archived }) => !archived)
    .map(({ id, name, owner }) => ({ installationId, repositoryId: id, owner: owner.login, repo: name }));
}

async function listOpen(clients: Parts["clients"], ref: RepositoryRef): Promise<readonly OpenPullRequest[]> {
  const octokit = await clients.forInstallation(ref.installationId);
  const pulls: OpenPullRequest[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await octokit.rest.pulls.list({ ...repositoryOf(ref), state: "open", per_page: PAGE, page });
    for (const { number, head, user, created_at, updated_at } of data) {
      pulls.push({
        ref: { ...ref, number },
        headSha: head.sha,
        byBot: user?.type === "Bot",
        openedAt: created_at,
        updatedAt: updated_at,
      });
    }
    if (data.length < PAGE) break;
  }
  return pulls;
}

async function readHeadCheck(
  clients: Parts["clients"],
  appId: number,
  repository: RepositoryRef,
  headSha: string,
): Promise<HeadCheck> {
  const octokit = await clients.forInstallation(repository.installationId);
  const latest = await latestRun({ octokit, appId }, { repository, headSha });
  if (latest === undefined) return { kind: "none" };
  if (latest.status === "completed") return { kind: "completed" };
  return { kind: "open", since: new Date(latest.started_at ?? 0) };
}
