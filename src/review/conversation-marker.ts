import { cutText } from "./fit-sections.ts";
import { COMMENT_BODY } from "./limits.ts";
import { readSigned, writeSigned } from "./marker.ts";
import type { Acceptance, Sign } from "./review-plan.ts";

/** What an answer of ours in the conversation stands for. */
export interface ConversationAnswer {
  /** The comment that it answers. */
  readonly comment: number;
  readonly acceptance?: Acceptance;
}

/**
 * An answer carries what it decided in a signed first line: GitHub is where it is kept, and anybody with write access can edit
 * a comment.
 */
export function writeConversationAnswer(answer: ConversationAnswer, text: string, sign: Sign): string {
  return `${writeSigned(KIND, JSON.stringify(answer), sign)}\n\n${cutText(text, COMMENT_BODY)}`;
}

/** Undefined for any body that is no answer of ours to this pull request. */
export function readConversationAnswer(body: string, sign: Sign): ConversationAnswer | undefined {
  const payload = readSigned(KIND, body, sign);
  // Signed by us, so its shape is known.
  return payload === undefined ? undefined : (JSON.parse(payload) as ConversationAnswer);
}

const KIND = "said";
