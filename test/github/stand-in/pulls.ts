import { type Answer, notFound, ok } from "./answer.ts";
import { type ChangedFile, listedPatch } from "./changed-files.ts";
import { answerPage } from "./paging.ts";
import { pullFiles, pullListShape, pullShape } from "./pull-shape.ts";
import type { PullRequest } from "./pull-state.ts";
import type { Repository } from "./repository.ts";
import { repositoryPage, repositoryUrl } from "./repository-shape.ts";
import { numberParam, textParam } from "./request.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "./route.ts";
import type { World } from "./world.ts";

/** GitHub lists no more files of a pull request, whatever their number. */
export const mostListedFiles = 3000;

const pulls = "/repos/{owner}/{repo}/pulls";

export const pullRoutes: readonly Route[] = [
  repositoryRoute(`GET ${pulls}`, "pull_requests:read", listPulls),
  repositoryRoute(`GET ${pulls}/{pull_number}`, "pull_requests:read", getPull),
  repositoryRoute(`GET ${pulls}/{pull_number}/files`, "pull_requests:read", listFiles),
  repositoryRoute("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", "pull_requests:read", listPullsOfCommit),
];

export function pullOf(call: RepositoryCall, name = "pull_number"): PullRequest {
  const pull = call.repository.pulls.get(numberParam(call.params, name));
  if (pull === undefined) throw notFound();
  return pull;
}

function listPulls(call: RepositoryCall): Answer {
  const { request, repository, world } = call;
  const state = request.query.get("state") ?? "open";
  const head = request.query.get("head");
  const base = request.query.get("base");
  const descending = request.query.get("direction") !== "asc";
  const key = request.query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const matching = [...repository.pulls.values()]
    .filter((pull) => state === "all" || pull.state === state)
    .filter((pull) => head === null || `${pull.headRepository.owner.login}:${pull.headBranch}` === head)
    .filter((pull) => base === null || pull.baseBranch === base)
    .sort((a, b) => a[key].getTime() - b[key].getTime() || a.number - b.number);
  const sorted = descending ? matching.reverse() : matching;
  return answerPage(request, world.api, sorted, (pull) => pullListShape(pull, world));
}

async function getPull(call: RepositoryCall): Promise<Answer> {
  return ok(await pullShape(pullOf(call), call.world));
}

async function listFiles(call: RepositoryCall): Promise<Answer> {
  const pull = pullOf(call);
  const files = (await pullFiles(pull)).slice(0, mostListedFiles);
  return answerPage(call.request, call.world.api, files, (file) =>
    fileShape(file, call.repository, pull.headSha, call.world),
  );
}

/** Of a commit that is not in the default branch GitHub lists the pull requests that hold it; those of forks are missing. */
async function listPullsOfCommit(call: RepositoryCall): Promise<Answer> {
  const sha = await call.repository.resolve(textParam(call.params, "commit_sha"));
  const own = [...call.repository.pulls.values()].filter((pull) => pull.headRepository === call.repository);
  const holds = await Promise.all(
    own.map(async (pull) => (await call.repository.commitsBetween(pull.baseSha, pull.headSha)).includes(sha)),
  );
  const found = own.filter((_, index) => holds[index]);
  return answerPage(call.request, call.world.api, found, (pull) => pullListShape(pull, call.world));
}

/** One entry of a list of files, of a pull request and of a comparison. */
export function fileShape(
  file: ChangedFile,
  repository: Repository,
  head: string,
  world: World,
): Record<string, unknown> {
  const page = repositoryPage(repository, world);
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const patch = listedPatch(file);
  return {
    sha: file.blob,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${head}/${path}`,
    raw_url: `${page}/raw/${head}/${path}`,
    contents_url: `${repositoryUrl(repository, world)}/contents/${path}?ref=${head}`,
    ...(patch === undefined ? {} : { patch }),
    ...(file.previousPath === undefined ? {} : { previous_filename: file.previousPath }),
  };
}
