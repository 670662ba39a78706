import type { RestEndpointMethodTypes } from "@octokit/rest";
import { readCommand } from "../review/command.ts";
import { readMarker } from "../review/marker.ts";
import { answeredReply } from "../review/respond.ts";
import type { Marker, PostedComment } from "../review/review-plan.ts";
import type { PullRequestRef } from "../service/ports.ts";
import { type Connection, PAGE, pullRequestOf, readAsSigned } from "./connection.ts";
import { findEdited } from "./find-edited.ts";

/** Our own comments that carry a marker of ours: anybody can write a body, nobody else can sign it. */
export async function readPostedComments(
  connection: Connection,
  ref: PullRequestRef,
): Promise<readonly PostedComment[]> {
  const [comments, login] = await Promise.all([listComments(connection, ref), connection.botLogin()]);
  const replies = Map.groupBy(comments, (comment) => comment.in_reply_to_id);
  const own = comments.flatMap((comment): readonly Own[] => {
    const marker = isBy(comment, login)
      ? readAsSigned(connection, ref, (sign) => readMarker(comment.body, sign))
      : undefined;
    return marker === undefined ? [] : [{ comment, marker, replies: replies.get(comment.id) ?? [] }];
  });
  const edited = await findEdited(connection, own.flatMap(doubtful), login);
  return own.map(({ comment, marker, replies }) => ({
    ...(edited.has(comment.id) ? withoutAnswer(marker) : marker),
    ...placed(comment),
    ...readReplies(replies, login, edited),
  }));
}

interface Own {
  readonly comment: ReviewComment;
  readonly marker: Marker;
  readonly replies: readonly ReviewComment[];
}

/**
 * What decides something: commands that were not looked at before, and a comment of ours that says how people answered, for people can put
 * its words of an earlier day back.
 */
function doubtful({ comment, marker, replies }: Own): readonly ReviewComment[] {
  const commands = replies.filter(
    ({ id, user, body }) => id > marker.handled && user?.type !== "Bot" && readCommand(body) !== undefined,
  );
  return marker.answer === undefined ? commands : [comment, ...commands];
}

function withoutAnswer({ answer: _, ...marker }: Marker): Marker {
  return { ...marker, bodyHash: "" };
}

function readReplies(
  replies: readonly ReviewComment[],
  login: string,
  edited: ReadonlySet<number>,
): Pick<PostedComment, "replies" | "answeredReplies"> {
  return {
    replies: replies.flatMap(({ id, user, body }) =>
      user === null || user.type === "Bot"
        ? []
        : [{ id, author: user.login, authorId: user.id, body, ...(edited.has(id) ? { isEdited: true } : {}) }],
    ),
    answeredReplies: replies.flatMap((reply) => (isBy(reply, login) ? (answeredReply(reply.body) ?? []) : [])),
  };
}

export type ReviewComment = RestEndpointMethodTypes["pulls"]["listReviewComments"]["response"]["data"][number];

export function listComments({ octokit }: Connection, ref: PullRequestRef): Promise<readonly ReviewComment[]> {
  return octokit.paginate(octokit.rest.pulls.listReviewComments, { ...pullRequestOf(ref), per_page: PAGE });
}

export function isBy({ user }: { readonly user: { readonly login: string } | null }, login: string): boolean {
  return user?.login === login;
}

/** An outdated comment, and one on a whole file, is on no line. */
function placed({ id, path, body, line, start_line }: ReviewComment) {
  return {
    id,
    path,
    body,
    ...(typeof line === "number" ? { line } : {}),
    ...(typeof line === "number" && typeof start_line === "number" ? { startLine: start_line } : {}),
  };
}
