import type { Level, Profile, Section } from "../rules/rule.ts";

/** How far a finding reaches: listed in the check alone, said in a comment too, or able to fail the check. */
export type Mode = "monitor" | "comment" | "block";

/** What holds for the files of one folder. */
export interface FilePolicy {
  readonly profile: Profile;
  /** Findings at this level or above fail the check, where their mode is `block`. */
  readonly failOn: Level | "never";
  /** By rule id: `off` silences it, a level takes the place of its own and switches it on in either profile. */
  readonly rules: Readonly<Record<string, Level | "off">>;
  /** Patterns as in a `.gitignore`, relative to the folder of the file that states them: not analysed. */
  readonly ignore: readonly IgnoreRule[];
  readonly mode: Mode;
  /** The last one that applies to a finding decides. */
  readonly modes: readonly ModeRule[];
}

export interface IgnoreRule {
  /** No slash at the end; empty for the repository's root. */
  readonly folder: string;
  readonly patterns: readonly string[];
}

/** A finding has to fit all that is named. */
export interface ModeRule {
  readonly mode: Mode;
  readonly rules?: readonly string[] | undefined;
  readonly levels?: readonly Level[] | undefined;
  readonly sections?: readonly Section[] | undefined;
}

export interface SecondPeople {
  /** Logins. */
  readonly people: readonly string[];
  /** Slugs of teams of the organization. */
  readonly teams: readonly string[];
}

/** What a team wants of a review: the part of the configuration that decides what is said and what fails. */
export interface Policy {
  /** What holds for files that no folder's own configuration covers. */
  readonly files: FilePolicy;
  /** Folders of a monorepo with a configuration of their own, by path: the nearest one above a file holds. */
  readonly folders: Readonly<Record<string, FilePolicy>>;
  /** Findings below it are in the check's summary only. */
  readonly inlineFrom: Level;
  /** The most comments that one review carries; the most severe come first. */
  readonly maxComments: number;
  /** More findings of one rule than this in a review become one comment. */
  readonly groupFrom: number;
  /** How the check ends when a changed file could not be verified. */
  readonly onIncomplete: "failure" | "neutral";
  /** `check`: the check alone, until the pull request is ready for review. */
  readonly drafts: "check" | "review";
  /** `check`: comments on what fails the check alone. */
  readonly bots: "check" | "review";
  /** Logins whose pull requests are not reviewed. */
  readonly skipAuthors: readonly string[];
  /** A pull request with one of these labels is not reviewed. */
  readonly skipLabels: readonly string[];
  /** From this level on, the author of a change cannot silence a finding that fails the check alone. */
  readonly secondPersonFrom: Level | "never";
  /** Who can be the second person; absent: anybody with write access who did not write the change. */
  readonly secondPeople?: SecondPeople | undefined;
  /** How a person is told to answer: by a reply, where the App reads replies, or by a comment in the code. */
  readonly answerBy: "reply" | "code-comment";
}
