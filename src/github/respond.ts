import type { PlannedResponse } from "../review/review-plan.ts";
import type { PullRequestRef } from "../service/ports.ts";
import { type Connection, pullRequestOf, repositoryOf } from "./connection.ts";
import { listComments } from "./posted-comments.ts";
import { writeOnce } from "./write-once.ts";

/** A reaction to the reply, and an answer below it; GitHub keeps one reaction of a kind, however often it is given. */
export async function respond(connection: Connection, ref: PullRequestRef, response: PlannedResponse): Promise<void> {
  const { thread, reply, reaction, body } = response;
  const { octokit } = connection;
  await octokit.rest.reactions.createForPullRequestReviewComment({
    ...repositoryOf(ref),
    comment_id: reply,
    content: reaction,
  });
  if (body === undefined) return;
  await writeOnce(
    connection,
    () => octokit.rest.pulls.createReplyForReviewComment({ ...pullRequestOf(ref), comment_id: thread, body }),
    async () => (await listComments(connection, ref)).some((comment) => comment.body === body),
  );
}
