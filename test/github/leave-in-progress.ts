import type { PullRequest } from "./stand-in/pull-state.ts";
import type { StandIn } from "./stand-in/stand-in.ts";

/** The check of a pull request's head as a process of another version leaves it that ends in the middle. */
export function leaveInProgress(github: StandIn, { repository, number, headSha }: PullRequest): void {
  repository.checkRuns.push({
    id: github.world.nextId(),
    appId: github.app.id,
    headSha,
    name: "Safepath",
    externalId: `${repository.id}:${number}:${headSha}:0.0.1`,
    detailsUrl: undefined,
    status: "in_progress",
    conclusion: undefined,
    startedAt: new Date(),
    completedAt: undefined,
    title: undefined,
    summary: undefined,
    text: undefined,
    annotations: [],
    actions: [],
  });
}
