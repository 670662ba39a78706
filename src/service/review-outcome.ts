/** How a review ended. Expected ends are values; only bugs and broken networks throw. */
export type ReviewOutcome =
  | { readonly kind: "reviewed"; readonly findings: number; readonly conclusion: "success" | "neutral" | "failure" }
  | { readonly kind: "skipped"; readonly reason: SkipReason }
  | { readonly kind: "superseded"; readonly by: string }
  /** The head has a check, or another job is at it; a quiet job leaves it alone. */
  | { readonly kind: "checked-already" }
  /** A button was pressed: so many files were committed, or none. */
  | { readonly kind: "fixed"; readonly files: number }
  | { readonly kind: "not-fixed"; readonly reason: NotFixed };

export type SkipReason = "closed" | "unrelated" | "author" | "label";

export type NotFixed = "moved" | "forbidden" | "refused" | "nothing-to-fix" | "closed" | "fork";
