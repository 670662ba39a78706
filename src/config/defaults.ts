import type { Policy } from "./policy.ts";

/** What holds where nobody configured anything. */
export const DEFAULT_POLICY: Policy = {
  files: { profile: "default", failOn: "error", rules: {}, ignore: [], mode: "block", modes: [] },
  folders: {},
  inlineFrom: "warning",
  maxComments: 15,
  groupFrom: 3,
  onIncomplete: "failure",
  drafts: "check",
  bots: "check",
  skipAuthors: [],
  skipLabels: [],
  secondPersonFrom: "error",
  answerBy: "reply",
};
