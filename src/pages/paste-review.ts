import type { Finding, Notice } from "../analysis/finding.ts";

/** What is said of a paste. */
export type PasteReview =
  | {
      readonly kind: "python" | "diff";
      readonly files: readonly PastedFile[];
      /** Paths of a diff's other files. */
      readonly leftOut: readonly string[];
    }
  /** It begins like a diff and is none. */
  | { readonly kind: "unreadable" };

export interface PastedFile {
  readonly path: string;
  /** Of a diff, what it shows of the head; lines between its hunks are empty. */
  readonly text: string;
  readonly parts: readonly PastedPart[];
  readonly findings: readonly Finding[];
  /** Findings that a comment silences. */
  readonly silenced: number;
  readonly notices: readonly Notice[];
}

/** Lines that are shown, 1-based, both ends included. */
export interface PastedPart {
  readonly first: number;
  readonly last: number;
  readonly added: readonly number[];
}
