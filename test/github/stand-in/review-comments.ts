import { z } from "zod";
import { type Answer, created, notFound, ok, Problem, validationFailed } from "./answer.ts";
import { authorOf } from "./auth.ts";
import type { Reaction } from "./issue-state.ts";
import { answerPage } from "./paging.ts";
import { userShape } from "./people.ts";
import { pullFiles } from "./pull-shape.ts";
import type { PullRequest, ReviewComment } from "./pull-state.ts";
import { pullOf } from "./pulls.ts";
import { numberParam, readBody } from "./request.ts";
import { reviewCommentShape } from "./review-shape.ts";
import { addComment, addReview, commitOf, findPlace, longestBody } from "./reviews.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "./route.ts";
import type { World } from "./world.ts";

const pull = "/repos/{owner}/{repo}/pulls/{pull_number}";
const single = "/repos/{owner}/{repo}/pulls/comments/{comment_id}";

export const reviewCommentRoutes: readonly Route[] = [
  repositoryRoute(`GET ${pull}/comments`, "pull_requests:read", listComments),
  repositoryRoute(`POST ${pull}/comments`, "pull_requests:write", createComment),
  repositoryRoute(`POST ${pull}/comments/{comment_id}/replies`, "pull_requests:write", createReply),
  repositoryRoute(`GET ${single}`, "pull_requests:read", getComment),
  repositoryRoute(`PATCH ${single}`, "pull_requests:write", editComment),
  repositoryRoute(`DELETE ${single}`, "pull_requests:write", deleteComment),
  repositoryRoute(`POST ${single}/reactions`, "pull_requests:write", react),
];

const side = z.enum(["LEFT", "RIGHT"]);

const commentSchema = z.strictObject({
  body: z.string(),
  commit_id: z.string().optional(),
  path: z.string().optional(),
  position: z.int().optional(),
  line: z.int().optional(),
  side: side.optional(),
  start_line: z.int().optional(),
  start_side: side.optional(),
  in_reply_to: z.int().optional(),
  subject_type: z.enum(["line", "file"]).optional(),
});

const bodySchema = z.strictObject({ body: z.string() });

export const reactionSchema = z.strictObject({
  content: z.enum(["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]),
});

function listComments(call: RepositoryCall): Answer {
  const found = pullOf(call);
  return answerPage(call.request, call.world.api, found.comments, (each) =>
    reviewCommentShape(each, found, call.world),
  );
}

async function createComment(call: RepositoryCall): Promise<Answer> {
  const found = pullOf(call);
  const body = readBody(commentSchema, call.request);
  if (body.in_reply_to !== undefined) return reply(call, found, body.in_reply_to, body.body);
  if (body.commit_id === undefined || body.path === undefined) {
    throw new Problem(422, 'Invalid request.\n\n"commit_id", "path" weren\'t supplied.');
  }
  requireBody(body.body);
  const { path } = body;
  const commitId = await commitOf(found, body.commit_id);
  if (commitId === undefined) {
    throw validationFailed("PullRequestReviewComment", "commit_id", "is not part of the pull request");
  }
  const place = body.subject_type === "file" ? undefined : await findPlace(found, commitId, { ...body, path });
  if (place !== undefined && "field" in place) {
    throw validationFailed("PullRequestReviewComment", `pull_request_review_thread.${place.field}`, place.message);
  }
  if (place === undefined && !(await pullFiles(found, commitId)).some((file) => file.path === path)) {
    throw validationFailed("PullRequestReviewComment", "pull_request_review_thread.path", "Path could not be resolved");
  }
  const author = authorOf(call.actor, call.world);
  const review = addReview(found, author, commitId, "COMMENTED", "", call.world);
  const comment = await addComment(found, review, { path, body: body.body, place }, call.world);
  return created(reviewCommentShape(comment, found, call.world));
}

async function createReply(call: RepositoryCall): Promise<Answer> {
  const found = pullOf(call);
  return reply(call, found, numberParam(call.params, "comment_id"), readBody(bodySchema, call.request).body);
}

async function reply(call: RepositoryCall, found: PullRequest, to: number, body: string): Promise<Answer> {
  requireBody(body);
  const comment = await addReply(found, to, authorOf(call.actor, call.world).login, body, call.world);
  return created(reviewCommentShape(comment, found, call.world));
}

/** Threads have one level: a reply is to the comment that began the thread. */
export async function addReply(
  found: PullRequest,
  to: number,
  login: string,
  body: string,
  world: World,
): Promise<ReviewComment> {
  const root = found.comments.find((each) => each.id === to);
  if (root === undefined || root.inReplyTo !== undefined) throw notFound();
  const review = addReview(found, world.account(login), root.commitId, "COMMENTED", "", world);
  const draft = { path: root.path, body, place: root.place, inReplyTo: root.id };
  return addComment(found, review, draft, world);
}

function getComment(call: RepositoryCall): Answer {
  const { comment, pull: found } = commentOf(call);
  return ok(reviewCommentShape(comment, found, call.world));
}

function editComment(call: RepositoryCall): Answer {
  const { comment, pull: found } = ownCommentOf(call);
  const { body } = readBody(bodySchema, call.request);
  requireBody(body);
  comment.body = body;
  comment.updatedAt = call.world.now();
  comment.editedAt = comment.updatedAt;
  comment.editor = comment.author;
  return ok(reviewCommentShape(comment, found, call.world));
}

function deleteComment(call: RepositoryCall): Answer {
  const { comment, pull: found } = ownCommentOf(call);
  found.comments.splice(found.comments.indexOf(comment), 1);
  return { status: 204 };
}

function react(call: RepositoryCall): Answer {
  const { comment } = commentOf(call);
  return addReaction(call, "review-comment", comment.id);
}

/** The same reaction of the same person is kept once: then the answer is 200. */
export function addReaction(call: RepositoryCall, subject: Reaction["subject"], subjectId: number): Answer {
  const { content } = readBody(reactionSchema, call.request);
  const { world } = call;
  const author = authorOf(call.actor, world);
  const known = world.reactions.find(
    (each) => each.subjectId === subjectId && each.content === content && each.author.id === author.id,
  );
  const reaction = known ?? { id: world.nextId(), subject, subjectId, content, author, createdAt: world.now() };
  if (known === undefined) world.reactions.push(reaction);
  const body = {
    id: reaction.id,
    node_id: `REA_${reaction.id}`,
    user: userShape(author, world.api, world.web),
    content,
    created_at: reaction.createdAt.toISOString(),
  };
  return known === undefined ? created(body) : ok(body);
}

function ownCommentOf(call: RepositoryCall): { comment: ReviewComment; pull: PullRequest } {
  const found = commentOf(call);
  if (found.comment.author.id !== authorOf(call.actor, call.world).id) {
    throw new Problem(403, "Resource not accessible by integration");
  }
  return found;
}

function commentOf(call: RepositoryCall): { comment: ReviewComment; pull: PullRequest } {
  const id = numberParam(call.params, "comment_id");
  for (const found of call.repository.pulls.values()) {
    const comment = found.comments.find((each) => each.id === id);
    if (comment !== undefined) return { comment, pull: found };
  }
  throw notFound();
}

function requireBody(body: string): void {
  if (body.trim() !== "" && body.length <= longestBody) return;
  const message = `body is blank or too long (maximum is ${longestBody} characters)`;
  throw validationFailed("PullRequestReviewComment", "body", message);
}
