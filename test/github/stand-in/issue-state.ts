import type { Account } from "./people.ts";

/** A comment in the conversation of a pull request, which is an issue too. */
export interface IssueComment {
  readonly id: number;
  readonly issue: number;
  readonly author: Account;
  readonly createdAt: Date;
  updatedAt: Date;
  editedAt?: Date;
  editor?: Account;
  body: string;
  minimized: string | undefined;
}

export interface Reaction {
  readonly id: number;
  readonly subject: "review-comment" | "issue-comment";
  readonly subjectId: number;
  readonly content: string;
  readonly author: Account;
  readonly createdAt: Date;
}
