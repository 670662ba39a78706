import { z } from "zod";
import type { DeliveredEvent } from "../service/receive-delivery.ts";

/** What a review needs of `pull_request`: ids and names; the rest is asked of GitHub when the work begins. */
const pullRequestEvent = z.object({
  action: z.string(),
  number: z.number(),
  installation: z.object({ id: z.number() }),
  repository: z.object({ id: z.number(), name: z.string(), owner: z.object({ login: z.string() }) }),
  pull_request: z.object({ head: z.object({ sha: z.string() }) }),
  changes: z.object({ base: z.unknown() }).partial().optional(),
});

/** The event in our words; what is none of ours, or comes from a hook that is not the App's, is `other`. */
export function readDelivery(name: string, payload: unknown): DeliveredEvent {
  if (name !== "pull_request") return { kind: "other" };
  const parsed = pullRequestEvent.safeParse(payload);
  if (!parsed.success) return { kind: "other" };
  const { action, number, installation, repository, pull_request, changes } = parsed.data;
  return {
    kind: "pull-request",
    action,
    pullRequest: {
      installationId: installation.id,
      repositoryId: repository.id,
      owner: repository.owner.login,
      repo: repository.name,
      number,
    },
    headSha: pull_request.head.sha,
    baseChanged: changes?.base !== undefined,
  };
}
