import type { CodeHost } from "../service/ports.ts";
import { commitFiles } from "./commit-files.ts";
import { completeCheck } from "./complete-check.ts";
import { type Connection, repositoryOf } from "./connection.ts";
import { answerInConversation, readConversation } from "./conversation.ts";
import { findCheck, openCheck } from "./find-check.ts";
import { findPullRequest } from "./find-pull-request.ts";
import { isInTeam } from "./is-in-team.ts";
import { withFaults } from "./map-error.ts";
import { mayWrite } from "./may-write.ts";
import { postReview } from "./post-review.ts";
import { readPostedComments } from "./posted-comments.ts";
import { readChange, readChangeBetween } from "./read-change.ts";
import { readFiles } from "./read-files.ts";
import { readPullRequest } from "./read-pull-request.ts";
import { respond } from "./respond.ts";
import { say } from "./say.ts";
import { settleThreads } from "./settle-threads.ts";

/** GitHub as the service sees it, through one repository's token. */
export function createCodeHost(connection: Connection): CodeHost {
  const faults = <T>(requests: () => Promise<T>) => withFaults(() => connection.clock.now(), requests);
  return {
    pullRequest: (ref) => faults(() => readPullRequest(connection, ref)),
    change: (pr) => faults(() => readChange(connection, pr)),
    changeBetween: (ref, baseSha, headSha) => faults(() => readChangeBetween(connection, ref, baseSha, headSha)),
    pullRequestAt: (ref, headSha) => faults(() => findPullRequest(connection, ref, headSha)),
    read: (ref, files) => faults(() => readFiles(connection, ref, files)),
    postedComments: (ref) => faults(() => readPostedComments(connection, ref)),
    findCheck: (pr, externalId) => faults(() => findCheck(connection, pr, externalId)),
    openCheck: (check) => faults(() => openCheck(connection, check)),
    completeCheck: (check, planned) => faults(() => completeCheck(connection, check, planned)),
    postReview: (pr, body, comments) => faults(() => postReview(connection, pr, body, comments)),
    mayWrite: (ref, login) => faults(() => mayWrite(connection, ref, login)),
    isInTeam: (ref, teams, login) => faults(() => isInTeam(connection, ref, teams, login)),
    respond: (ref, response) => faults(() => respond(connection, ref, response)),
    conversation: (ref) => faults(() => readConversation(connection, ref)),
    answer: (ref, response) => faults(() => answerInConversation(connection, ref, response)),
    mayChange: (ref) => faults(async () => (await connection.changing(ref)) !== undefined),
    settleThreads: (ref, threads) => faults(() => settleThreads(connection, ref, threads)),
    commit: (pr, message, files) => faults(() => commitFiles(connection, pr, message, files)),
    say: (ref, body) => faults(() => say(connection, ref, body)),
    editComment: (ref, commentId, body) =>
      faults(async () => {
        await connection.octokit.rest.pulls.updateReviewComment({
          ...repositoryOf(ref),
          comment_id: commentId,
          body,
        });
      }),
  };
}
