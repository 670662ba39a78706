import type { CommitDetector } from "../../rules/detector.ts";

/** Secrets that one commit of a change brings in and a later one takes away. */
export const earlierCommit: CommitDetector = { kind: "commit", name: "earlier-commit" };
