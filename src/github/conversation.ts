import type { RestEndpointMethodTypes } from "@octokit/rest";
import { readCommand } from "../review/command.ts";
import { readConversationAnswer } from "../review/conversation-marker.ts";
import type { Conversation, ConversationRequest, ConversationResponse } from "../review/review-plan.ts";
import type { PullRequestRef } from "../service/ports.ts";
import { type Connection, PAGE, readAsSigned, repositoryOf } from "./connection.ts";
import { findEdited } from "./find-edited.ts";
import { isBy } from "./posted-comments.ts";
import { writeOnce } from "./write-once.ts";

/**
 * What is asked in the conversation and has no answer of ours. A comment that was edited asks nothing: whoever may write to the
 * repository can edit the comments of others, and would speak in their name.
 */
export async function readConversation(connection: Connection, ref: PullRequestRef): Promise<Conversation> {
  const [comments, login] = await Promise.all([listConversation(connection, ref), connection.botLogin()]);
  const answers = comments.flatMap((comment) => {
    const answer = isOwn(comment, login)
      ? readAsSigned(connection, ref, (sign) => readConversationAnswer(comment.body ?? "", sign))
      : undefined;
    return answer === undefined ? [] : [answer];
  });
  const answered = new Set(answers.map(({ comment }) => comment));
  const asking = comments.filter((comment) => !answered.has(comment.id) && isRequest(comment));
  const edited = await findEdited(connection, asking, login);
  return {
    requests: asking.filter(({ id }) => !edited.has(id)).flatMap(requestOf),
    accepted: answers.flatMap(({ acceptance }) => acceptance ?? []),
    answered: new Set(comments.flatMap(({ id, user }) => (answered.has(id) && user ? [user.login] : []))),
  };
}

/** A reaction, of which GitHub keeps one of a kind, and an answer below. */
export async function answerInConversation(
  connection: Connection,
  ref: PullRequestRef,
  { comment, reaction, body }: ConversationResponse,
): Promise<void> {
  const { octokit } = connection;
  const repository = repositoryOf(ref);
  await octokit.rest.reactions.createForIssueComment({ ...repository, comment_id: comment, content: reaction });
  if (body === undefined) return;
  await writeOnce(
    connection,
    () => octokit.rest.issues.createComment({ ...repository, issue_number: ref.number, body }),
    async () => (await listConversation(connection, ref)).some((each) => each.body === body),
  );
}

type ConversationComment = RestEndpointMethodTypes["issues"]["listComments"]["response"]["data"][number];

export function listConversation(
  { octokit }: Connection,
  ref: PullRequestRef,
): Promise<readonly ConversationComment[]> {
  const options = { ...repositoryOf(ref), issue_number: ref.number, per_page: PAGE };
  return octokit.paginate(octokit.rest.issues.listComments, options);
}

function isOwn({ user }: ConversationComment, login: string): boolean {
  return isBy({ user: user ?? null }, login);
}

function isRequest({ user, body = "" }: ConversationComment): boolean {
  return user !== null && user.type !== "Bot" && readCommand(body) !== undefined;
}

function requestOf({ id, user, body = "", reactions }: ConversationComment): readonly ConversationRequest[] {
  if (user === null) return [];
  return [{ id, author: user.login, body, isAcknowledged: (reactions?.["+1"] ?? 0) > 0 }];
}
