import { userShape } from "./people.ts";
import { pullPage, pullUrl } from "./pull-shape.ts";
import type { PullRequest, Review, ReviewComment } from "./pull-state.ts";
import { repositoryUrl } from "./repository-shape.ts";
import type { World } from "./world.ts";

export function reviewShape(review: Review, pull: PullRequest, world: World): Record<string, unknown> {
  const page = `${pullPage(pull, world)}#pullrequestreview-${review.id}`;
  const url = pullUrl(pull, world);
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userShape(review.author, world.api, world.web),
    body: review.body,
    state: review.state,
    commit_id: review.commitId,
    html_url: page,
    pull_request_url: url,
    author_association: "NONE",
    _links: { html: { href: page }, pull_request: { href: url } },
    ...(review.state === "PENDING" ? {} : { submitted_at: review.submittedAt.toISOString() }),
  };
}

export function reviewCommentShape(comment: ReviewComment, pull: PullRequest, world: World): Record<string, unknown> {
  const url = `${repositoryUrl(pull.repository, world)}/pulls/comments/${comment.id}`;
  const page = `${pullPage(pull, world)}#discussion_r${comment.id}`;
  return {
    id: comment.id,
    node_id: commentNode(comment),
    pull_request_review_id: comment.reviewId,
    url,
    html_url: page,
    pull_request_url: pullUrl(pull, world),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: comment.current === undefined ? comment.commitId : pull.headSha,
    original_commit_id: comment.commitId,
    user: userShape(comment.author, world.api, world.web),
    body: comment.body,
    created_at: comment.createdAt.toISOString(),
    updated_at: comment.updatedAt.toISOString(),
    author_association: "NONE",
    ...placeShape(comment),
    ...(comment.inReplyTo === undefined ? {} : { in_reply_to_id: comment.inReplyTo }),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pullUrl(pull, world) } },
  };
}

export function commentNode(comment: ReviewComment): string {
  return `PRRC_${comment.id}`;
}

/** What is outdated keeps its original place alone. */
function placeShape({ place, current }: ReviewComment): Record<string, unknown> {
  if (place === undefined) return { subject_type: "file" };
  return {
    subject_type: "line",
    line: current?.line ?? null,
    position: current?.position ?? null,
    original_line: place.line,
    original_position: place.position,
    side: place.side,
    start_line: current?.startLine ?? null,
    original_start_line: place.startLine ?? null,
    start_side: place.startSide ?? null,
  };
}
