/** What a team wants of a review: the part of the configuration that decides what is said and what fails. */
export interface Policy {
  /** Findings at this level or above fail the check. */
  readonly failOn: "error" | "warning" | "note" | "never";
  /** Findings below it are in the check's summary only. */
  readonly inlineFrom: "error" | "warning" | "note";
  /** The most comments that one review carries; the most severe come first. */
  readonly maxComments: number;
  /** More findings of one rule than this in a review become one comment. */
  readonly groupFrom: number;
  /** How the check ends when a changed file could not be verified. */
  readonly onIncomplete: "failure" | "neutral";
  /** How a person is told to answer: by a reply, where the App reads replies, or by a comment in the code. */
  readonly answerBy: "reply" | "code-comment";
}
