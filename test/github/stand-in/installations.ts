import { z } from "zod";
import { type Answer, created, notFound, ok, Problem, validationFailed } from "./answer.ts";
import { grants, installationToken, reaches, type Tokens } from "./auth.ts";
import { appShape } from "./check-shape.ts";
import { answerPage, pageOf } from "./paging.ts";
import { userShape } from "./people.ts";
import type { RateLimit } from "./rate-limit.ts";
import { repositoryShape } from "./repository-shape.ts";
import { numberParam, readBody } from "./request.ts";
import { appRoute, type Call, installationRoute, type Route } from "./route.ts";
import type { Installation, Level, Permissions, World } from "./world.ts";

const root = "/app/installations";

export function installationRoutes(tokens: Tokens, rateLimit: RateLimit): readonly Route[] {
  return [
    appRoute("GET /app", (call) => ok(appShape(call.world))),
    appRoute("GET /app/hook/config", (call) => ok(call.world.registration.hook)),
    appRoute(`GET ${root}`, listInstallations),
    appRoute(`GET ${root}/{installation_id}`, (call) => ok(installationShape(installationOf(call), call.world))),
    appRoute(`POST ${root}/{installation_id}/access_tokens`, (call) => createToken(call, tokens)),
    appRoute("GET /repos/{owner}/{repo}/installation", getRepositoryInstallation),
    installationRoute("GET /installation/repositories", listRepositories),
    installationRoute("GET /rate_limit", (call) => ok(rateLimit.shape(call.request))),
  ];
}

const tokenSchema = z.strictObject({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.int()).max(500).optional(),
  permissions: z.record(z.string(), z.enum(["read", "write", "admin"])).optional(),
});

function listInstallations(call: Call): Answer {
  const { installations } = call.world;
  return answerPage(call.request, call.world.api, installations, (each) => installationShape(each, call.world));
}

function getRepositoryInstallation(call: Call): Answer {
  const repository = call.world.repository(call.params.owner ?? "", call.params.repo ?? "");
  return ok(installationShape(call.world.installationOf(repository), call.world));
}

/** A token never has more than the installation: asking for more is 422. */
function createToken(call: Call, tokens: Tokens): Answer {
  const body = readBody(tokenSchema, call.request);
  const installation = installationOf(call);
  if (installation.suspendedAt !== undefined) throw new Problem(403, "This installation has been suspended");
  const own = call.world.allRepositories().filter((each) => each.owner.id === installation.account.id);
  const permissions: Permissions = body.permissions ?? installation.permissions;
  for (const [name, level] of Object.entries(permissions)) {
    if (!grants(installation.permissions, name, level as Level)) {
      throw validationFailed(
        "Installation",
        "permissions",
        "The permissions requested are not granted to this installation.",
      );
    }
  }
  const named = own.filter((each) => body.repositories?.includes(each.name) || body.repository_ids?.includes(each.id));
  const asked = new Set([...(body.repositories ?? []), ...(body.repository_ids ?? [])]).size;
  if (named.length < asked) {
    throw validationFailed(
      "Installation",
      "repository_ids",
      "There is at least one repository that does not exist or is not accessible.",
    );
  }
  const isNarrow = asked > 0;
  const token = tokens.issue(installation, permissions, isNarrow ? named.map((each) => each.id) : undefined);
  return created({
    token: token.value,
    expires_at: token.expiresAt.toISOString(),
    permissions: { metadata: "read", ...permissions },
    repository_selection: isNarrow ? "selected" : "all",
    ...(isNarrow ? { repositories: named.map((each) => repositoryShape(each, call.world)) } : {}),
  });
}

function listRepositories(call: Call): Answer {
  const token = installationToken(call.actor);
  const reached = call.world.allRepositories().filter((each) => reaches(token, each));
  const page = pageOf(call.request, call.world.api, reached);
  const body = {
    total_count: reached.length,
    repository_selection: token.repositoryIds === undefined ? "all" : "selected",
    repositories: page.items.map((each) => repositoryShape(each, call.world)),
  };
  return { ...ok(body), headers: page.headers };
}

function installationOf(call: Call): Installation {
  const id = numberParam(call.params, "installation_id");
  const installation = call.world.installations.find((each) => each.id === id);
  if (installation === undefined) throw notFound();
  return installation;
}

export function installationShape(installation: Installation, world: World): Record<string, unknown> {
  const { account } = installation;
  return {
    id: installation.id,
    client_id: world.app.clientId,
    app_id: world.app.id,
    app_slug: world.app.slug,
    account: userShape(account, world.api, world.web),
    target_id: account.id,
    target_type: account.type,
    repository_selection: "all",
    access_tokens_url: `${world.api}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${world.api}/installation/repositories`,
    html_url: `${world.web}/organizations/${account.login}/settings/installations/${installation.id}`,
    permissions: { metadata: "read", ...installation.permissions },
    events: installation.events,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    created_at: installation.createdAt.toISOString(),
    updated_at: "2026-01-01T00:00:00Z",
    suspended_by: null,
    suspended_at: installation.suspendedAt?.toISOString() ?? null,
  };
}
