import type { PullRequestRef } from "../service/ports.ts";
import { type Connection, repositoryOf } from "./connection.ts";
import { listConversation } from "./conversation.ts";
import { writeOnce } from "./write-once.ts";

/** A comment in the conversation; the same body is not written twice, also by another attempt. */
export async function say(connection: Connection, ref: PullRequestRef, body: string): Promise<void> {
  const isThere = async () => (await listConversation(connection, ref)).some((each) => each.body === body);
  if (await isThere()) return;
  const comment = { ...repositoryOf(ref), issue_number: ref.number, body };
  await writeOnce(connection, () => connection.octokit.rest.issues.createComment(comment), isThere);
}
