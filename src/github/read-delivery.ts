import { z } from "zod";
import { readCommand } from "../review/command.ts";
import { APPLY_FIXES } from "../review/safe-fixes.ts";
import { readExternalId } from "../service/external-id.ts";
import type { PullRequestRef, RepositoryRef } from "../service/ports.ts";
import type { DeliveredEvent } from "../service/receive-delivery.ts";

/** The event in our words; what is none of ours, or comes from a hook that is not the App's, is `other`. */
export function readDelivery(name: string, payload: unknown, appId: number): DeliveredEvent {
  switch (name) {
    case "pull_request":
      return readPullRequestEvent(payload);
    case "pull_request_review_comment":
      return readReplyEvent(payload);
    case "issue_comment":
      return readConversationEvent(payload);
    case "installation":
      return readInstallationEvent(payload);
    case "installation_repositories":
      return readRepositoriesEvent(payload);
    case "merge_group":
      return readMergeGroupEvent(payload);
    case "check_suite":
      return readCheckSuiteEvent(payload, appId);
    case "check_run":
      return readCheckRunEvent(payload, appId);
    default:
      return OTHER;
  }
}

const OTHER: DeliveredEvent = { kind: "other" };

const repositoryFields = {
  installation: z.object({ id: z.number() }),
  repository: z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) }),
};

/** What a review needs: ids and names; the rest is asked of GitHub when the work begins. */
const pullRequestEvent = z.object({
  ...repositoryFields,
  action: z.string(),
  number: z.number(),
  pull_request: z.object({
    head: z.object({ sha: z.string() }),
    user: z.object({ type: z.string() }).nullish(),
  }),
  changes: z.object({ base: z.unknown() }).partial().optional(),
});

const replyEvent = z.object({
  ...repositoryFields,
  action: z.literal("created"),
  sender: z.object({ type: z.string() }),
  pull_request: z.object({ number: z.number() }),
  comment: z.object({ body: z.string(), in_reply_to_id: z.number() }),
});

/** An issue that is a pull request says so. */
const conversationEvent = z.object({
  ...repositoryFields,
  action: z.literal("created"),
  sender: z.object({ type: z.string() }),
  issue: z.object({ number: z.number(), pull_request: z.object({}) }),
  comment: z.object({ body: z.string() }),
});

const installationEvent = z.object({
  action: z.enum(["created", "unsuspend", "new_permissions_accepted", "deleted", "suspend"]),
  installation: z.object({ id: z.number() }),
});

const repositoriesEvent = z.object({
  action: z.enum(["added", "removed"]),
  installation: z.object({ id: z.number(), account: z.object({ login: z.string() }) }),
  repositories_added: z.array(z.object({ id: z.number(), name: z.string() })),
  repositories_removed: z.array(z.object({ id: z.number() })),
});

const mergeGroupEvent = z.object({
  ...repositoryFields,
  action: z.literal("checks_requested"),
  merge_group: z.object({ head_sha: z.string(), base_sha: z.string(), head_ref: z.string() }),
});

const checkSuiteEvent = z.object({
  ...repositoryFields,
  action: z.literal("rerequested"),
  check_suite: z.object({
    head_sha: z.string(),
    app: z.object({ id: z.number() }).nullable(),
    pull_requests: z.array(z.object({ number: z.number(), base: z.object({ repo: z.object({ id: z.number() }) }) })),
  }),
});

const checkRunEvent = z.object({
  ...repositoryFields,
  action: z.enum(["rerequested", "requested_action"]),
  check_run: z.object({
    head_sha: z.string(),
    external_id: z.string().nullable(),
    app: z.object({ id: z.number() }).nullable(),
  }),
  requested_action: z.object({ identifier: z.string() }).optional(),
  sender: z.object({ login: z.string(), type: z.string() }),
});

function readPullRequestEvent(payload: unknown): DeliveredEvent {
  const parsed = pullRequestEvent.safeParse(payload);
  if (!parsed.success) return OTHER;
  const { action, number, pull_request, changes } = parsed.data;
  return {
    kind: "pull-request",
    action,
    pullRequest: refOf(parsed.data, number),
    headSha: pull_request.head.sha,
    byBot: pull_request.user?.type === "Bot",
    baseChanged: changes?.base !== undefined,
  };
}

/** A reply that asks something of us; who may ask is seen when the review reads the thread. */
function readReplyEvent(payload: unknown): DeliveredEvent {
  const parsed = replyEvent.safeParse(payload);
  if (!parsed.success || parsed.data.sender.type === "Bot") return OTHER;
  const { comment, pull_request } = parsed.data;
  if (readCommand(comment.body) === undefined) return OTHER;
  return { kind: "reply", pullRequest: refOf(parsed.data, pull_request.number) };
}

function readConversationEvent(payload: unknown): DeliveredEvent {
  const parsed = conversationEvent.safeParse(payload);
  if (!parsed.success || parsed.data.sender.type === "Bot") return OTHER;
  const { comment, issue } = parsed.data;
  if (readCommand(comment.body) === undefined) return OTHER;
  return { kind: "conversation", pullRequest: refOf(parsed.data, issue.number) };
}

function readInstallationEvent(payload: unknown): DeliveredEvent {
  const parsed = installationEvent.safeParse(payload);
  if (!parsed.success) return OTHER;
  const { action, installation } = parsed.data;
  const isGone = action === "deleted" || action === "suspend";
  return { kind: isGone ? "removed" : "installed", installationId: installation.id };
}

function readRepositoriesEvent(payload: unknown): DeliveredEvent {
  const parsed = repositoriesEvent.safeParse(payload);
  if (!parsed.success) return OTHER;
  const { action, installation, repositories_added, repositories_removed } = parsed.data;
  const { id: installationId, account } = installation;
  if (action === "removed") {
    return { kind: "removed", installationId, repositoryIds: repositories_removed.map(({ id }) => id) };
  }
  const repositories = repositories_added.map(({ id, name }) => ({
    installationId,
    repositoryId: id,
    owner: account.login,
    repo: name,
  }));
  return { kind: "installed", installationId, repositories };
}

function readCheckRunEvent(payload: unknown, appId: number): DeliveredEvent {
  const parsed = checkRunEvent.safeParse(payload);
  if (!parsed.success || parsed.data.check_run.app?.id !== appId) return OTHER;
  const { action, check_run, requested_action, sender, repository } = parsed.data;
  const number = readExternalId(check_run.external_id ?? "", repository.id);
  if (number === undefined) return OTHER;
  const pullRequest = refOf(parsed.data, number);
  if (action === "rerequested") return { kind: "rerun", pullRequest };
  if (requested_action?.identifier !== APPLY_FIXES || sender.type === "Bot") return OTHER;
  return { kind: "fixes", pullRequest, wanted: { by: sender.login, headSha: check_run.head_sha } };
}

/** The branch of a group ends in the pull request's number and a commit: `gh-readonly-queue/main/pr-104-<sha>`. */
function readMergeGroupEvent(payload: unknown): DeliveredEvent {
  const parsed = mergeGroupEvent.safeParse(payload);
  if (!parsed.success) return OTHER;
  const { head_sha: headSha, base_sha: baseSha, head_ref } = parsed.data.merge_group;
  const [, number] = /\/pr-(\d+)-[0-9a-f]+$/u.exec(head_ref) ?? [];
  if (number === undefined) return OTHER;
  return { kind: "merge-group", pullRequest: refOf(parsed.data, Number(number)), group: { baseSha, headSha } };
}

function readCheckSuiteEvent(payload: unknown, appId: number): DeliveredEvent {
  const parsed = checkSuiteEvent.safeParse(payload);
  if (!parsed.success || parsed.data.check_suite.app?.id !== appId) return OTHER;
  const { head_sha: headSha, pull_requests } = parsed.data.check_suite;
  // A commit may be the head of pull requests in forks too; those are not ours.
  const own = pull_requests.filter(({ base }) => base.repo.id === parsed.data.repository.id);
  return { kind: "suite", repository: repositoryRefOf(parsed.data), headSha, numbers: own.map(({ number }) => number) };
}

interface Addressed {
  readonly installation: { readonly id: number };
  readonly repository: { readonly id: number; readonly name: string; readonly owner: { readonly login: string } };
}

function refOf(addressed: Addressed, number: number): PullRequestRef {
  return { ...repositoryRefOf(addressed), number };
}

function repositoryRefOf({ installation, repository }: Addressed): RepositoryRef {
  return {
    installationId: installation.id,
    repositoryId: repository.id,
    owner: repository.owner.login,
    repo: repository.name,
  };
}
