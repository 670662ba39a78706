import type { RestEndpointMethodTypes } from "@octokit/rest";
import { readCommand } from "../review/command.ts";
import { readMarker } from "../review/marker.ts";
import { answeredReply } from "../review/respond.ts";
import type { PostedComment } from "../review/review-plan.ts";
import type { PullRequestRef } from "../service/ports.ts";
import { type Connection, PAGE, pullRequestOf, readAsSigned } from "./connection.ts";

/** Our own comments that carry a marker of ours: anybody can write a body, nobody else can sign it. */
export async function readPostedComments(
  connection: Connection,
  ref: PullRequestRef,
): Promise<readonly PostedComment[]> {
  const [comments, login] = await Promise.all([listComments(connection, ref), connection.botLogin()]);
  const replies = Map.groupBy(comments, (comment) => comment.in_reply_to_id);
  const edited = await findEdited(connection, comments);
  return comments.flatMap((comment) => {
    const marker = isBy(comment, login)
      ? readAsSigned(connection, ref, (sign) => readMarker(comment.body, sign))
      : undefined;
    return marker === undefined
      ? []
      : [{ ...marker, ...placed(comment), ...readReplies(replies.get(comment.id) ?? [], login, edited) }];
  });
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
        : [{ id, author: user.login, body, ...(edited.has(id) ? { isEdited: true } : {}) }],
    ),
    answeredReplies: replies.flatMap((reply) => (isBy(reply, login) ? (answeredReply(reply.body) ?? []) : [])),
  };
}

/**
 * Commands whose words somebody changed. GitHub says of a comment when it was updated, and that is also when a drafted review was sent:
 * only where the two times differ is it asked which it was.
 */
async function findEdited({ query }: Connection, comments: readonly ReviewComment[]): Promise<ReadonlySet<number>> {
  const doubtful = comments.filter(
    ({ in_reply_to_id, created_at, updated_at, user, body }) =>
      in_reply_to_id !== undefined &&
      created_at !== updated_at &&
      user?.type !== "Bot" &&
      readCommand(body) !== undefined,
  );
  if (doubtful.length === 0) return new Set();
  const ids = doubtful.slice(-PAGE).map(({ node_id }) => node_id);
  const { nodes } = await query<EditedAnswer>(EDITED, { ids });
  const untouched = new Set(nodes.flatMap((node) => (node?.lastEditedAt === null ? [node.databaseId] : [])));
  return new Set(doubtful.map(({ id }) => id).filter((id) => !untouched.has(id)));
}

interface EditedAnswer {
  readonly nodes: readonly ({ readonly databaseId: number; readonly lastEditedAt: string | null } | null)[];
}

const EDITED = `query($ids: [ID!]!) {
  nodes(ids: $ids) { ... on PullRequestReviewComment { databaseId lastEditedAt } }
}`;

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
