import { type Answer, ok } from "./answer.ts";
import { commitShape } from "./contents.ts";
import type { Repository, RequiredCheck } from "./repository.ts";
import { repositoryPage, repositoryUrl } from "./repository-shape.ts";
import { textParam } from "./request.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "./route.ts";

export const branchRoutes: readonly Route[] = [
  repositoryRoute("GET /repos/{owner}/{repo}/branches/{branch}", "contents:read", getBranch),
  repositoryRoute("GET /repos/{owner}/{repo}/rules/branches/{branch}", "metadata:read", getRules),
];

async function getBranch({ repository, world, params }: RepositoryCall): Promise<Answer> {
  const branch = textParam(params, "branch");
  const sha = await repository.resolve(branch);
  const checks = requiredBy(repository, "branch-protection");
  const url = `${repositoryUrl(repository, world)}/branches/${branch}`;
  const required = {
    enforcement_level: "non_admins",
    contexts: checks.map(({ name }) => name),
    checks: checks.map(({ name, appId }) => ({ context: name, app_id: appId ?? null })),
  };
  return ok({
    name: branch,
    commit: await commitShape(repository, sha, world),
    _links: { self: url, html: `${repositoryPage(repository, world)}/tree/${branch}` },
    protected: checks.length > 0,
    protection: { enabled: checks.length > 0, required_status_checks: required },
    protection_url: `${url}/protection`,
  });
}

/** Only rules that are in force are told. */
function getRules({ repository }: RepositoryCall): Answer {
  const checks = requiredBy(repository, "ruleset");
  if (checks.length === 0) return ok([]);
  const required = checks.map(({ name, appId }) => ({
    context: name,
    ...(appId === undefined ? {} : { integration_id: appId }),
  }));
  return ok([
    {
      type: "required_status_checks",
      parameters: { required_status_checks: required, strict_required_status_checks_policy: false },
      ruleset_source_type: "Organization",
      ruleset_source: repository.owner.login,
      ruleset_id: 1,
    },
  ]);
}

function requiredBy(repository: Repository, by: RequiredCheck["by"]): readonly RequiredCheck[] {
  return repository.requiredChecks.filter((check) => check.by === by);
}
