import type { Policy } from "./policy.ts";

/** What holds where nobody configured anything. */
export const DEFAULT_POLICY: Policy = {
  failOn: "error",
  inlineFrom: "warning",
  maxComments: 15,
  groupFrom: 3,
  onIncomplete: "failure",
  answerBy: "code-comment",
};
