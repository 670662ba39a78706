import { userShape } from "./people.ts";
import type { Repository } from "./repository.ts";
import type { World } from "./world.ts";

export function repositoryUrl(repository: Repository, world: World): string {
  return `${world.api}/repos/${repository.fullName}`;
}

export function repositoryPage(repository: Repository, world: World): string {
  return `${world.web}/${repository.fullName}`;
}

/** A repository in every form that GitHub has of it: full, minimal and in webhooks. */
export function repositoryShape(repository: Repository, world: World): Record<string, unknown> {
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: repository.fullName,
    private: repository.private,
    visibility: repository.private ? "private" : "public",
    owner: userShape(repository.owner, world.api, world.web),
    description: null,
    fork: repository.parent !== undefined,
    default_branch: repository.defaultBranch,
    ...addresses(repository, world),
    ...counts,
    ...features,
    created_at: repository.createdAt.toISOString(),
    updated_at: repository.createdAt.toISOString(),
    pushed_at: repository.pushedAt.toISOString(),
  };
}

const counts = {
  forks: 0,
  forks_count: 0,
  network_count: 0,
  open_issues: 0,
  open_issues_count: 0,
  size: 1,
  stargazers_count: 0,
  subscribers_count: 0,
  watchers: 0,
  watchers_count: 0,
};

const features = {
  allow_forking: true,
  archived: false,
  disabled: false,
  has_discussions: false,
  has_downloads: true,
  has_issues: true,
  has_pages: false,
  has_projects: false,
  has_wiki: false,
  homepage: null,
  is_template: false,
  language: "Python",
  license: null,
  mirror_url: null,
  topics: [],
  web_commit_signoff_required: false,
};

/** The addresses below a repository's own, by name and path. */
const below: Readonly<Record<string, string>> = {
  archive_url: "/{archive_format}{/ref}",
  assignees_url: "/assignees{/user}",
  blobs_url: "/git/blobs{/sha}",
  branches_url: "/branches{/branch}",
  collaborators_url: "/collaborators{/collaborator}",
  comments_url: "/comments{/number}",
  commits_url: "/commits{/sha}",
  compare_url: "/compare/{base}...{head}",
  contents_url: "/contents/{+path}",
  contributors_url: "/contributors",
  deployments_url: "/deployments",
  downloads_url: "/downloads",
  events_url: "/events",
  forks_url: "/forks",
  git_commits_url: "/git/commits{/sha}",
  git_refs_url: "/git/refs{/sha}",
  git_tags_url: "/git/tags{/sha}",
  hooks_url: "/hooks",
  issue_comment_url: "/issues/comments{/number}",
  issue_events_url: "/issues/events{/number}",
  issues_url: "/issues{/number}",
  keys_url: "/keys{/key_id}",
  labels_url: "/labels{/name}",
  languages_url: "/languages",
  merges_url: "/merges",
  milestones_url: "/milestones{/number}",
  notifications_url: "/notifications{?since,all,participating}",
  pulls_url: "/pulls{/number}",
  releases_url: "/releases{/id}",
  stargazers_url: "/stargazers",
  statuses_url: "/statuses/{sha}",
  subscribers_url: "/subscribers",
  subscription_url: "/subscription",
  tags_url: "/tags",
  teams_url: "/teams",
  trees_url: "/git/trees{/sha}",
};

function addresses(repository: Repository, world: World): Record<string, string> {
  const url = repositoryUrl(repository, world);
  const page = repositoryPage(repository, world);
  return {
    url,
    html_url: page,
    clone_url: `${page}.git`,
    git_url: `git://${page.replace(/^https?:\/\//, "")}.git`,
    ssh_url: `git@${new URL(page).host}:${repository.fullName}.git`,
    svn_url: page,
    ...Object.fromEntries(Object.entries(below).map(([name, path]) => [name, `${url}${path}`])),
  };
}
