import { z } from "zod";
import { type Answer, created, notFound, validationFailed } from "./answer.ts";
import { authorOf } from "./auth.ts";
import type { IssueComment } from "./issue-state.ts";
import { answerPage } from "./paging.ts";
import { userShape } from "./people.ts";
import { repositoryPage, repositoryUrl } from "./repository-shape.ts";
import { numberParam, readBody } from "./request.ts";
import { addReaction } from "./review-comments.ts";
import { longestBody } from "./reviews.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "./route.ts";

const root = "/repos/{owner}/{repo}/issues";

/** On the conversation of a pull request; `pull_requests` is what GitHub asks for where the issue is one. */
export const issueRoutes: readonly Route[] = [
  repositoryRoute(`GET ${root}/{issue_number}/comments`, "pull_requests:read", listComments),
  repositoryRoute(`POST ${root}/{issue_number}/comments`, "pull_requests:write", createComment),
  repositoryRoute(`POST ${root}/comments/{comment_id}/reactions`, "pull_requests:write", react),
];

const bodySchema = z.strictObject({ body: z.string() });

function listComments(call: RepositoryCall): Answer {
  const number = issueOf(call);
  const comments = call.repository.issueComments.filter((each) => each.issue === number);
  return answerPage(call.request, call.world.api, comments, (each) => commentShape(each, call));
}

function createComment(call: RepositoryCall): Answer {
  const { body } = readBody(bodySchema, call.request);
  if (body.trim() === "" || body.length > longestBody) {
    throw validationFailed("IssueComment", "body", `body is blank or too long (maximum is ${longestBody} characters)`);
  }
  const comment = {
    id: call.world.nextId(),
    issue: issueOf(call),
    author: authorOf(call.actor, call.world),
    createdAt: call.world.now(),
    body,
    minimized: undefined,
  };
  call.repository.issueComments.push(comment);
  return created(commentShape(comment, call));
}

function react(call: RepositoryCall): Answer {
  const id = numberParam(call.params, "comment_id");
  if (!call.repository.issueComments.some((each) => each.id === id)) throw notFound();
  return addReaction(call, "issue-comment", id);
}

function issueOf(call: RepositoryCall): number {
  const number = numberParam(call.params, "issue_number");
  if (!call.repository.pulls.has(number)) throw notFound();
  return number;
}

function commentShape(comment: IssueComment, { repository, world }: RepositoryCall): Record<string, unknown> {
  const url = repositoryUrl(repository, world);
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${url}/issues/comments/${comment.id}`,
    html_url: `${repositoryPage(repository, world)}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${url}/issues/${comment.issue}`,
    user: userShape(comment.author, world.api, world.web),
    body: comment.body,
    author_association: "NONE",
    created_at: comment.createdAt.toISOString(),
    updated_at: comment.createdAt.toISOString(),
  };
}
