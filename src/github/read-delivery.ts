import { z } from "zod";
import { readCommand } from "../review/command.ts";
import { readExternalId } from "../service/external-id.ts";
import type { PullRequestRef } from "../service/ports.ts";
import type { DeliveredEvent } from "../service/receive-delivery.ts";

/** The event in our words; what is none of ours, or comes from a hook that is not the App's, is `other`. */
export function readDelivery(name: string, payload: unknown, appId: number): DeliveredEvent {
  switch (name) {
    case "pull_request":
      return readPullRequestEvent(payload);
    case "pull_request_review_comment":
      return readReplyEvent(payload);
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
  pull_request: z.object({ head: z.object({ sha: z.string() }) }),
  changes: z.object({ base: z.unknown() }).partial().optional(),
});

const replyEvent = z.object({
  ...repositoryFields,
  action: z.literal("created"),
  sender: z.object({ type: z.string() }),
  pull_request: z.object({ number: z.number() }),
  comment: z.object({ body: z.string(), in_reply_to_id: z.number() }),
});

const checkRunEvent = z.object({
  ...repositoryFields,
  action: z.literal("rerequested"),
  check_run: z.object({ external_id: z.string().nullable(), app: z.object({ id: z.number() }).nullable() }),
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

function readCheckRunEvent(payload: unknown, appId: number): DeliveredEvent {
  const parsed = checkRunEvent.safeParse(payload);
  if (!parsed.success || parsed.data.check_run.app?.id !== appId) return OTHER;
  const number = readExternalId(parsed.data.check_run.external_id ?? "", parsed.data.repository.id);
  return number === undefined ? OTHER : { kind: "rerun", pullRequest: refOf(parsed.data, number) };
}

interface Addressed {
  readonly installation: { readonly id: number };
  readonly repository: { readonly id: number; readonly name: string; readonly owner: { readonly login: string } };
}

function refOf({ installation, repository }: Addressed, number: number): PullRequestRef {
  return {
    installationId: installation.id,
    repositoryId: repository.id,
    owner: repository.owner.login,
    repo: repository.name,
    number,
  };
}
