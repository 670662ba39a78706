import type { ConversationResponse, PlannedComment, ReviewPlan } from "../review/review-plan.ts";
import { CodeHostError } from "./code-host-error.ts";
import type { CodeHost, PullRequest } from "./ports.ts";

export type Published =
  | { readonly kind: "published"; readonly refused: readonly PlannedComment[] }
  | { readonly kind: "superseded"; readonly by: string }
  /** It has become a draft, which may be no place for comments. */
  | { readonly kind: "drafted" }
  /** To be tried again: what was said already will be found and not said twice. */
  | { readonly kind: "failed"; readonly error: unknown };

/** Says what was planned, if the pull request is still the one that it was planned for. */
export async function publishReview(
  { host }: { readonly host: CodeHost },
  pr: PullRequest,
  plan: ReviewPlan,
): Promise<Published> {
  if (plan.comments.length === 0 && plan.edits.length === 0 && plan.responses.length === 0)
    return { kind: "published", refused: [] };
  const now = await host.pullRequest(pr.ref);
  if (now.headSha !== pr.headSha) return { kind: "superseded", by: now.headSha };
  if (now.state === "closed") return { kind: "published", refused: [] };
  if (now.draft && !pr.draft) return { kind: "drafted" };
  try {
    const refused = await postComments(host, pr, plan);
    // Before the edits: a comment's marker tells which replies were answered.
    for (const response of plan.responses) await unlessUnwanted(() => host.respond(pr.ref, response));
    // Before the edits, too: a comment's marker tells which threads are settled.
    await unlessUnwanted(() => host.settleThreads(pr.ref, plan.threads));
    for (const { commentId, body } of plan.edits) {
      await unlessUnwanted(() => host.editComment(pr.ref, commentId, body));
    }
    return { kind: "published", refused };
  } catch (error) {
    if (!(error instanceof CodeHostError)) throw error;
    return { kind: "failed", error };
  }
}

/** Whatever has become of the head: an answer stands for the comment that it answers. */
export async function answerConversation(
  { host }: { readonly host: CodeHost },
  pr: PullRequest,
  responses: readonly ConversationResponse[],
): Promise<void> {
  for (const response of responses) await unlessUnwanted(() => host.answer(pr.ref, response));
}

/** Where comments are forbidden (a locked conversation), the check says all. */
async function postComments(
  host: CodeHost,
  pr: PullRequest,
  { reviewBody, comments }: ReviewPlan,
): Promise<readonly PlannedComment[]> {
  if (reviewBody === undefined) return [];
  try {
    const { refused } = await host.postReview(pr, reviewBody, comments);
    return refused;
  } catch (error) {
    if (isUnwanted(error)) return comments;
    throw error;
  }
}

/** A comment that a person deleted is not missed. */
async function unlessUnwanted(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUnwanted(error)) throw error;
  }
}

function isUnwanted(error: unknown): boolean {
  if (!(error instanceof CodeHostError)) return false;
  return error.kind === "gone" || error.kind === "forbidden" || error.kind === "refused";
}
