import type { Annotation, CheckRun } from "./check-state.ts";
import { userShape } from "./people.ts";
import { pullMinimalShape } from "./pull-shape.ts";
import type { Repository } from "./repository.ts";
import { repositoryPage, repositoryUrl } from "./repository-shape.ts";
import type { World } from "./world.ts";

export function runShape(run: CheckRun, repository: Repository, world: World): Record<string, unknown> {
  const url = `${repositoryUrl(repository, world)}/check-runs/${run.id}`;
  const page = `${repositoryPage(repository, world)}/runs/${run.id}`;
  const own = [...repository.pulls.values()].filter(
    (pull) => pull.headRepository === repository && pull.headSha === run.headSha && pull.state === "open",
  );
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    head_sha: run.headSha,
    name: run.name,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt.toISOString(),
    completed_at: run.completedAt?.toISOString() ?? null,
    output: {
      title: run.title ?? null,
      summary: run.summary ?? null,
      text: run.text ?? null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.appId * 1000 },
    app: run.appId === world.app.id ? appShape(world) : null,
    // GitHub names no pull request of a fork here.
    pull_requests: own.map((pull) => pullMinimalShape(pull, world)),
  };
}

export function annotationShape(
  each: Annotation,
  run: CheckRun,
  repository: Repository,
  world: World,
): Record<string, unknown> {
  return {
    path: each.path,
    blob_href: `${repositoryPage(repository, world)}/blob/${run.headSha}/${encodeURI(each.path)}`,
    start_line: each.start_line,
    end_line: each.end_line,
    start_column: each.start_column ?? null,
    end_column: each.end_column ?? null,
    annotation_level: each.annotation_level,
    message: each.message,
    title: each.title ?? null,
    raw_details: each.raw_details ?? null,
  };
}

export function appShape(world: World): Record<string, unknown> {
  const { app } = world;
  return {
    id: app.id,
    slug: app.slug,
    client_id: app.clientId,
    node_id: `A_${app.id}`,
    owner: userShape(app.owner, world.api, world.web),
    name: app.name,
    description: "",
    external_url: `${world.web}/apps/${app.slug}`,
    html_url: `${world.web}/apps/${app.slug}`,
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    permissions: { metadata: "read", ...world.registration.permissions },
    events: world.registration.events,
    installations_count: world.installations.length,
  };
}
