import { z } from "zod";
import { type Answer, created, notFound, validationFailed } from "./answer.ts";
import { authorOf } from "./auth.ts";
import type { IssueComment } from "./issue-state.ts";
import { answerPage } from "./paging.ts";
import { type Account, userShape } from "./people.ts";
import type { Repository } from "./repository.ts";
import { repositoryPage, repositoryUrl } from "./repository-shape.ts";
import { numberParam, readBody } from "./request.ts";
import { addReaction } from "./review-comments.ts";
import { longestBody } from "./reviews.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "./route.ts";
import type { World } from "./world.ts";

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
  return answerPage(call.request, call.world.api, comments, (each) =>
    issueCommentShape(each, call.repository, call.world),
  );
}

function createComment(call: RepositoryCall): Answer {
  const { body } = readBody(bodySchema, call.request);
  if (body.trim() === "" || body.length > longestBody) {
    throw validationFailed("IssueComment", "body", `body is blank or too long (maximum is ${longestBody} characters)`);
  }
  const comment = addIssueComment(call.repository, issueOf(call), authorOf(call.actor, call.world), body);
  return created(issueCommentShape(comment, call.repository, call.world));
}

export function addIssueComment(repository: Repository, issue: number, author: Account, body: string): IssueComment {
  const { world } = repository;
  const createdAt = world.now();
  const comment = { id: world.nextId(), issue, author, createdAt, updatedAt: createdAt, body, minimized: undefined };
  repository.issueComments.push(comment);
  return comment;
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

export function issueCommentShape(
  comment: IssueComment,
  repository: Repository,
  world: World,
): Record<string, unknown> {
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
    updated_at: comment.updatedAt.toISOString(),
    performed_via_github_app: null,
    reactions: reactionsTo(comment, world),
  };
}

const reactionKinds = ["+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket"];

function reactionsTo({ id }: IssueComment, world: World): Record<string, unknown> {
  const given = world.reactions.filter(({ subject, subjectId }) => subject === "issue-comment" && subjectId === id);
  const counts = reactionKinds.map((kind) => [kind, given.filter(({ content }) => content === kind).length]);
  return { url: `${world.api}/reactions/${id}`, total_count: given.length, ...Object.fromEntries(counts) };
}
