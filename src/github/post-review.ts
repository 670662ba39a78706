import type { PlannedComment } from "../review/review-plan.ts";
import type { PullRequest } from "../service/ports.ts";
import { type Connection, PAGE, pullRequestOf } from "./connection.ts";
import { isBy, listComments } from "./posted-comments.ts";
import { writeOnce } from "./write-once.ts";

/** GitHub documents no limit; reviews of more comments were seen to fail. */
const COMMENTS_IN_REVIEW = 30;

/** One review; what GitHub refuses goes comment by comment, then to the file, and comes back when nothing helps. */
export async function postReview(
  connection: Connection,
  pr: PullRequest,
  body: string,
  comments: readonly PlannedComment[],
): Promise<{ readonly refused: readonly PlannedComment[] }> {
  const taken = comments.slice(0, COMMENTS_IN_REVIEW);
  const onLines = taken.filter(isOnLines);
  const inReview = onLines.length > 0 && (await createReview(connection, pr, body, onLines)) === "saved";
  const refused: PlannedComment[] = [];
  for (const comment of taken) {
    if (isOnLines(comment) && inReview) continue;
    if (!(await postAlone(connection, pr, comment))) refused.push(comment);
  }
  return { refused: [...refused, ...comments.slice(COMMENTS_IN_REVIEW)] };
}

type OnLines = PlannedComment & { readonly line: number };

/** A review takes no comments on whole files. */
function isOnLines(comment: PlannedComment): comment is OnLines {
  return comment.line !== undefined;
}

/** GitHub takes all comments of a review or none. */
function createReview(connection: Connection, pr: PullRequest, body: string, comments: readonly OnLines[]) {
  const { octokit } = connection;
  return writeOnce(
    connection,
    () =>
      octokit.rest.pulls.createReview({
        ...pullRequestOf(pr.ref),
        commit_id: pr.headSha,
        event: "COMMENT",
        body,
        comments: comments.map((comment) => ({ path: comment.path, body: comment.body, ...linesOf(comment) })),
      }),
    async () => {
      const options = { ...pullRequestOf(pr.ref), per_page: PAGE };
      const login = await connection.botLogin();
      const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, options);
      return reviews.some(
        (review) => isBy(review, login) && review.commit_id === pr.headSha && startsAlike(review.body, body),
      );
    },
  );
}

async function postAlone(connection: Connection, pr: PullRequest, comment: PlannedComment): Promise<boolean> {
  if (isOnLines(comment) && (await createComment(connection, pr, comment.body, comment.path, linesOf(comment)))) {
    return true;
  }
  return createComment(connection, pr, withoutSuggestion(comment.body), comment.path, { subject_type: "file" });
}

type Place = ReturnType<typeof linesOf> | { readonly subject_type: "file" };

async function createComment(
  connection: Connection,
  pr: PullRequest,
  body: string,
  path: string,
  place: Place,
): Promise<boolean> {
  const outcome = await writeOnce(
    connection,
    () =>
      connection.octokit.rest.pulls.createReviewComment({
        ...pullRequestOf(pr.ref),
        commit_id: pr.headSha,
        path,
        body,
        ...place,
      }),
    async () => {
      const [comments, login] = await Promise.all([listComments(connection, pr.ref), connection.botLogin()]);
      return comments.some((comment) => isBy(comment, login) && startsAlike(comment.body, body));
    },
  );
  return outcome === "saved";
}

function linesOf({ line, startLine }: OnLines) {
  const side = "RIGHT" as const;
  return startLine === undefined ? { line, side } : { start_line: startLine, start_side: side, line, side };
}

/** A suggestion replaces the lines that its comment is on: on a whole file it is only code. */
function withoutSuggestion(body: string): string {
  return body.replace(/^(`{3,})suggestion$/gmu, "$1python");
}

/** The first line is the marker, which no two of our bodies share. */
function startsAlike(saved: string, sent: string): boolean {
  return firstLine(saved) === firstLine(sent);
}

function firstLine(body: string): string {
  return body.split(/\r?\n/u, 1)[0] ?? "";
}
