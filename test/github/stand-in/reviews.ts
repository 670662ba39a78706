import { z } from "zod";
import { type Answer, ok, unprocessable } from "./answer.ts";
import { authorOf } from "./auth.ts";
import { answerPage } from "./paging.ts";
import type { Account } from "./people.ts";
import { currentPlace, hunkAbove, type Misplaced, placeComment, type WantedPlace } from "./placement.ts";
import { pullFiles } from "./pull-shape.ts";
import type { Place, PullRequest, Review, ReviewComment, ReviewState } from "./pull-state.ts";
import { pullOf } from "./pulls.ts";
import { readBody } from "./request.ts";
import { reviewShape } from "./review-shape.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "./route.ts";
import type { World } from "./world.ts";

/** The longest body of a review or a comment that GitHub saves, in characters. */
export const longestBody = 65_536;

const reviews = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews";

export const reviewRoutes: readonly Route[] = [
  repositoryRoute(`GET ${reviews}`, "pull_requests:read", listReviews),
  repositoryRoute(`POST ${reviews}`, "pull_requests:write", createReview),
];

const side = z.enum(["LEFT", "RIGHT"]);

/** There is no `subject_type` here: a comment on a whole file is written by itself. */
const reviewSchema = z.strictObject({
  commit_id: z.string().optional(),
  body: z.string().optional(),
  event: z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]).optional(),
  comments: z
    .array(
      z.strictObject({
        path: z.string(),
        body: z.string(),
        position: z.int().optional(),
        line: z.int().optional(),
        side: side.optional(),
        start_line: z.int().optional(),
        start_side: side.optional(),
      }),
    )
    .optional(),
});

function listReviews(call: RepositoryCall): Answer {
  const pull = pullOf(call);
  return answerPage(call.request, call.world.api, pull.reviews, (review) => reviewShape(review, pull, call.world));
}

/** All comments are saved, or none. */
async function createReview(call: RepositoryCall): Promise<Answer> {
  const { world } = call;
  const pull = pullOf(call);
  const body = readBody(reviewSchema, call.request);
  const author = authorOf(call.actor, world);
  const state = stateOf(body.event);
  const text = body.body ?? "";
  if (text.length > longestBody) throw unprocessable(`Body is too long (maximum is ${longestBody} characters)`);
  if (text === "" && (state === "COMMENTED" || state === "CHANGES_REQUESTED")) {
    throw unprocessable("Body is required for this event");
  }
  if (author.id === pull.author.id && (state === "APPROVED" || state === "CHANGES_REQUESTED")) {
    throw unprocessable("Can not review your own pull request");
  }
  if (state === "PENDING" && pull.reviews.some((each) => each.state === "PENDING" && each.author.id === author.id)) {
    throw unprocessable("User can only have one pending review per pull request");
  }
  const commitId = await commitOf(pull, body.commit_id);
  if (commitId === undefined) throw unprocessable("Commit is not part of the pull request");
  const found = await Promise.all((body.comments ?? []).map((each) => findPlace(pull, commitId, each)));
  const wrong = found.filter((each): each is Misplaced => "field" in each);
  if (wrong.length > 0) throw unprocessable(...wrong.map((each) => each.message));
  if ((body.comments ?? []).some((each) => each.body.trim() === "" || each.body.length > longestBody)) {
    throw unprocessable(`Comment body is blank or too long (maximum is ${longestBody} characters)`);
  }
  const review = addReview(pull, author, commitId, state, text, world);
  for (const [index, comment] of (body.comments ?? []).entries()) {
    const place = found[index];
    if (place === undefined || "field" in place) continue;
    await addComment(pull, review, { path: comment.path, body: comment.body, place }, world);
  }
  return ok(reviewShape(review, pull, world));
}

export function addReview(
  pull: PullRequest,
  author: Account,
  commitId: string,
  state: ReviewState,
  body: string,
  world: World,
): Review {
  const review = { id: world.nextId(), author, commitId, submittedAt: world.now(), body, state };
  pull.reviews.push(review);
  return review;
}

export interface NewComment {
  readonly path: string;
  readonly body: string;
  readonly place: Place | undefined;
  readonly inReplyTo?: number;
}

export async function addComment(
  pull: PullRequest,
  review: Review,
  draft: NewComment,
  world: World,
): Promise<ReviewComment> {
  const file = (await pullFiles(pull, review.commitId)).find((each) => each.path === draft.path);
  const at = world.now();
  const comment: ReviewComment = {
    id: world.nextId(),
    reviewId: review.id,
    author: review.author,
    path: draft.path,
    commitId: review.commitId,
    place: draft.place,
    diffHunk: file === undefined ? "" : hunkAbove(file, draft.place),
    inReplyTo: draft.inReplyTo,
    createdAt: at,
    current: undefined,
    body: draft.body,
    updatedAt: at,
    resolvedBy: undefined,
    minimized: undefined,
  };
  comment.current = await currentPlace(pull, comment);
  pull.comments.push(comment);
  return comment;
}

/** The place of a comment in the diff up to a commit of the pull request. */
export async function findPlace(
  pull: PullRequest,
  commitId: string,
  wanted: WantedPlace & { readonly path: string },
): Promise<Place | Misplaced> {
  const files = await pullFiles(pull, commitId);
  return placeComment(
    files.find((file) => file.path === wanted.path),
    wanted,
  );
}

/** The head, or another commit of the pull request; undefined for any other. */
export async function commitOf(pull: PullRequest, wanted: string | undefined): Promise<string | undefined> {
  if (wanted === undefined || wanted === pull.headSha) return pull.headSha;
  const commits = await pull.repository.commitsBetween(pull.baseSha, pull.headSha);
  return commits.includes(wanted) ? wanted : undefined;
}

function stateOf(event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT" | undefined): ReviewState {
  switch (event) {
    case "APPROVE":
      return "APPROVED";
    case "REQUEST_CHANGES":
      return "CHANGES_REQUESTED";
    case "COMMENT":
      return "COMMENTED";
    case undefined:
      return "PENDING";
  }
}
