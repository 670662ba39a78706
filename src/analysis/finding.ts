import type { Level } from "../rules/rule.ts";
import type { Undecoded } from "../text/decode-source.ts";
import type { Location, TextEdit } from "../text/span.ts";
import type { PackageChanges } from "./package-changes.ts";
import type { SurfaceChange } from "./surface/surface.ts";

/** Names a finding across pushes: rule, path, scope, normalized text, source and ordinal; never a line number. */
export type Fingerprint = string;

/** One mistake at one place. Plain data: it crosses processes, queues and report formats unchanged. */
export interface Finding {
  readonly ruleId: string;
  readonly level: Level;
  /** Where the mistake is: the sink of a flow, the call of a pattern. */
  readonly location: Location;
  /** The changed line on which it is said when `location` lies on none (a flow whose source changed). */
  readonly anchor?: Location;
  /** The commit of the change that has it, where the head no longer does: `location` is in that one. */
  readonly commit?: string;
  /** Dotted name of the enclosing classes and functions. */
  readonly scope: string;
  readonly message: string;
  /** The source lines of `location`, secrets masked, at most 10 lines of 500 code units: what a terminal shows. */
  readonly excerpt: string;
  /** The columns of the excerpt's first line that `location` covers, where masking or cutting moved them. */
  readonly marked?: { readonly from: number; readonly to: number };
  readonly trace?: readonly TraceStepShown[];
  readonly fix?: Fix;
  readonly fingerprint: Fingerprint;
  /** What the fingerprint is made of besides the path: equal for the same mistake in a file of another name. */
  readonly contentKey: string;
}

export interface TraceStepShown {
  readonly location: Location;
  readonly role: "source" | "assign" | "call" | "return" | "propagator" | "sink";
  /** Markdown: "`name` is read from the query string". */
  readonly note: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly applicability: "safe" | "unsafe";
}

/** A finding that something silenced: listed, never dropped. */
export interface Suppression {
  readonly finding: Finding;
  readonly by: "comment" | "config" | "baseline" | "reply";
  /** Logins of those who answered, and agreed. */
  readonly people?: readonly string[];
  readonly reason?: string;
  /** ISO date from which the finding comes back. */
  readonly until?: string;
  /** The comment itself is on a changed line: listed as newly added. */
  readonly added: boolean;
  /** The comment was there before, and speaks of lines that the change writes. */
  readonly isStretched?: boolean;
  /** Where the comment stands, of a finding that one silences. */
  readonly comment?: Location;
}

/** What the analysis gave up on: said aloud in the check run, never swallowed. `incomplete` ones fail a required check. */
export type Notice =
  | { readonly kind: "syntax-error"; readonly location: Location }
  | {
      readonly kind: "limit";
      readonly path: string;
      readonly limit: "size" | "nodes" | "continuations" | "steps" | "depth" | "findings" | "notes" | "change";
      readonly measured: number;
      readonly bound: number;
    }
  | { readonly kind: "too-slow"; readonly path: string; readonly milliseconds: number }
  | { readonly kind: "crashed"; readonly path: string }
  | {
      readonly kind: "unreadable";
      readonly path: string;
      readonly reason: Undecoded | "not-fetched" | "too-large" | "broken-notebook";
    }
  /** The configuration leaves the file out. */
  | { readonly kind: "left-out"; readonly path: string }
  /** The file says that a tool writes it: few rules speak there, and of a new one those for errors. */
  | { readonly kind: "generated"; readonly path: string; readonly isNew?: true }
  | { readonly kind: "broken-manifest"; readonly path: string; readonly line: number; readonly reason: string }
  /** Of so many releases nobody said whether they have known flaws, or nobody was asked: names of another index are not told. */
  | {
      readonly kind: "advisories-unchecked";
      readonly path: string;
      readonly reason: "unavailable" | "private";
      readonly packages: number;
    }
  | SuppressionNotice
  | { readonly kind: "rule-failed"; readonly path: string; readonly ruleId: string; readonly error: string };

/** What is to be said of a comment that silences findings, or means to. */
export interface SuppressionNotice {
  readonly kind: (typeof SUPPRESSION_NOTICES)[number];
  readonly location: Location;
  readonly text: string;
  /** The name that is no rule's, or whose rule finds nothing there; the date, where it is about that. */
  readonly about?: string;
  /** The rule that an unknown name may mean, or that finds something where the named one does not. */
  readonly meant?: string;
}

const SUPPRESSION_NOTICES = [
  "suppression-without-rule",
  "suppression-unknown-rule",
  "suppression-bad-date",
  "suppression-without-reason",
  "suppression-expired",
  "suppression-ends-soon",
  "suppression-unused",
] as const;

export function isAboutSuppression(notice: Notice): notice is SuppressionNotice {
  return (SUPPRESSION_NOTICES as readonly string[]).includes(notice.kind);
}

export interface FileAnalysis {
  readonly path: string;
  /** What a change does in the file to what the world reaches and what reaches the world. */
  readonly surface?: readonly SurfaceChange[];
  /** What a change does to the packages that the file asks for; absent where it does nothing to them. */
  readonly packages?: PackageChanges;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppression[];
  readonly notices: readonly Notice[];
  /** How many lines of the file the change touches; all its lines in a whole-file scan. */
  readonly linesInScope: number;
}
