import type { FileAnalysis, Finding, Fingerprint } from "../analysis/finding.ts";
import type { ConfigProblem } from "../config/parse.ts";
import type { Policy } from "../config/policy.ts";
import type { ChangedLines } from "../diff/hunk.ts";
import type { Rule } from "../rules/rule.ts";
import type { Judging } from "./answer.ts";
import type { NewPackage } from "./new-package.ts";

/** The two commits a pull request compares. The base is the merge base, not the tip of the base branch. */
export interface Revision {
  readonly baseSha: string;
  readonly headSha: string;
}

/** All that a review is planned from. The plan is a function of it: no clock, no network. */
export interface ReviewInput {
  readonly revision: Revision;
  readonly links: ReviewLinks;
  /** One for each changed file that could hold a finding, also for those that could not be read. */
  readonly analyses: readonly FileAnalysis[];
  readonly coverage: Coverage;
  /** Packages that the change adds; absent where nobody was to be asked about them. */
  readonly newPackages?: readonly NewPackage[];
  readonly posted: readonly PostedComment[];
  /** Why there are fewer comments than findings that deserve one. */
  readonly quiet?: Quiet | undefined;
  /** Whether a button may change the branch of the pull request. */
  readonly mayFix: boolean;
  readonly conversation: Conversation;
  readonly judging: Judging;
  /** Names of the contents of the changed files at the head, by path. */
  readonly blobs: ReadonlyMap<string, string>;
  /** The changed files that exist at the head, by path. */
  readonly files: ReadonlyMap<string, ReviewedFile>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly policy: Policy;
  /** What is wrong with the configuration files in force. */
  readonly configProblems: readonly ConfigProblem[];
  /** Where the change edits configuration files: it is looked at, and in force once it is merged. */
  readonly configPreview?: ConfigPreview;
  readonly sign: Sign;
}

/** No comments for what was opened before the App was installed, and none for drafts; on a bot's change those on what fails the check. */
export type Quiet = "installed-later" | "draft" | "bot";

export interface ConfigPreview {
  readonly problems: readonly ConfigProblem[];
  /** Names of the settings that would be others. */
  readonly settings: readonly string[];
}

export interface ReviewLinks {
  /** `https://github.com/owner/repo`, no slash at the end. */
  readonly repositoryUrl: string;
  /** Where `<rule-id>.md` is found, no slash at the end. */
  readonly rulePages: string;
  /** Where rules that are none of ours are explained, by id. */
  readonly ownPages?: ReadonlyMap<string, string>;
}

export interface ReviewedFile {
  readonly changed: ChangedLines;
  /** The head version, byte for byte what a suggestion replaces. */
  readonly text: string;
}

/** What of the change was looked at, as far as the analyses do not say it themselves. */
export interface Coverage {
  /** Files of the change, of any kind. */
  readonly changedFiles: number;
  /** The code host lists no more than 3,000 files: the others are unknown. */
  readonly truncated: boolean;
  /** Paths of files outside the change that were read because it imports them. */
  readonly alsoRead?: readonly string[];
}

/** Signs a marker for one pull request: `signMarkers` makes one. */
export type Sign = (payload: string) => string;

/** Everything the app is about to say on a pull request, decided before a word is sent. */
export interface ReviewPlan {
  readonly revision: Revision;
  /** Body of the review that carries the comments; absent when there is nothing new to say. Unique to its comments. */
  readonly reviewBody?: string;
  readonly comments: readonly PlannedComment[];
  /** Earlier comments of ours whose text changes: their finding is gone, or is said differently now. */
  readonly edits: readonly { readonly commentId: number; readonly body: string }[];
  /** Findings that an earlier comment of ours speaks for: not said twice. */
  readonly keep: readonly Fingerprint[];
  /** Threads of ours to be resolved, for what they say is settled, or opened again. */
  readonly threads: readonly SettledThread[];
  readonly fixes: readonly PlannedFix[];
  readonly responses: readonly PlannedResponse[];
  readonly conversation: readonly ConversationResponse[];
  readonly check: PlannedCheck;
  /** All that the check counts, each once, the most severe first. */
  readonly findings: readonly PlannedFinding[];
  /** What people answered that is in force or waits for a second person. */
  readonly answers: ReadonlyMap<Fingerprint, Answer>;
}

/** What tells a finding apart, and no code. */
export interface PlannedFinding extends Pick<Finding, "fingerprint" | "ruleId" | "level"> {
  readonly path: string;
}

export interface SettledThread {
  /** The comment that it begins with. */
  readonly commentId: number;
  readonly isSettled: boolean;
}

export interface PlannedResponse extends Omit<Response, "say"> {
  /** Body of a reply in the thread; its first line tells that it was said. */
  readonly body?: string;
}

export interface PlannedComment {
  /** The findings it speaks for: several where one rule is grouped. */
  readonly fingerprints: readonly Fingerprint[];
  readonly path: string;
  /** Absent where the comment is on one line. Always less than `line`, and in the same hunk. */
  readonly startLine?: number;
  /** Absent in a comment on the whole file. All comments are on the head's side. */
  readonly line?: number;
  readonly body: string;
}

export interface PlannedCheck {
  readonly conclusion: "success" | "neutral" | "failure";
  /** At most 255 characters. */
  readonly title: string;
  /** Markdown, at most 65,535 characters. */
  readonly summary: string;
  /** Any number: the code host sends them in batches of 50. */
  readonly annotations: readonly PlannedAnnotation[];
  /** Buttons, at most three. */
  readonly actions?: readonly PlannedAction[];
}

/** What a check is completed with: `cancelled` where the head was not reviewed to the end, and people wait for another one. */
export interface CompletedCheck extends Omit<PlannedCheck, "conclusion"> {
  readonly conclusion: PlannedCheck["conclusion"] | "cancelled";
}

export interface PlannedAction {
  /** At most 20 characters, as the label has; the description 40. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

/** A file in which all safe fixes are made. */
export interface PlannedFix {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Rules of the findings that are gone with it. */
  readonly fixed: readonly string[];
}

export interface PlannedAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** What a marker in a comment says of it: `readMarker` verifies it. */
export interface Marker {
  readonly fingerprints: readonly Fingerprint[];
  /** Of what the comment says, places and links aside: a push that only moves lines changes no comment. */
  readonly bodyHash: string;
  readonly state: CommentState;
  readonly answer?: Answer;
  /** Id of the last reply that was looked at; 0 at first. */
  readonly handled: number;
}

export type CommentState = "open" | "gone" | "silenced" | "answered";

/** How a person answered a finding. */
export interface Answer {
  readonly verb: "ignore" | "false-positive" | "accept";
  readonly reason: string;
  /** ISO date after which an accepted finding comes back. */
  readonly until?: string;
  readonly by: string;
  /** Stays the same when the person takes another login. */
  readonly byId?: number;
  /** ISO date. */
  readonly on: string;
  /** It takes a second person, and none has agreed yet. */
  readonly waits?: boolean;
  readonly agreedBy?: string;
}

/** A reply of a person in a thread of ours. */
export interface Reply {
  readonly id: number;
  readonly author: string;
  readonly authorId?: number;
  readonly body: string;
  /** Somebody changed it after it was written, and need not be its author. */
  readonly isEdited?: boolean;
}

/** What we do about a reply that asks something of us. */
export interface Response {
  /** Our comment that the thread begins with, and the reply. */
  readonly thread: number;
  readonly reply: number;
  readonly reaction: "+1" | "-1" | "eyes" | "confused";
  /** One line of Markdown, or the explanation of a rule. */
  readonly say?: string | { readonly explain: string };
}

/** The conversation of a pull request, as far as it concerns us. */
export interface Conversation {
  /** What people ask of us and has no answer yet, oldest first. */
  readonly requests: readonly ConversationRequest[];
  /** What our signed answers record. */
  readonly accepted: readonly Acceptance[];
  /** Logins of people that an answer of ours was for. */
  readonly answered: ReadonlySet<string>;
}

export interface ConversationRequest extends Reply {
  /** Somebody, most likely we, has put a thumb up to it. */
  readonly isAcknowledged: boolean;
}

/** A file that somebody lets through although it could not be verified: with these contents, and no others. */
export interface Acceptance {
  readonly path: string;
  readonly blob: string;
  readonly reason: string;
  readonly by: string;
  /** ISO date. */
  readonly on: string;
}

/** What we do about a comment in the conversation. */
export interface ConversationResponse {
  readonly comment: number;
  readonly reaction: Response["reaction"];
  /** Of a comment in the conversation; its first line tells what it answers. */
  readonly body?: string;
}

/** A review comment of ours as GitHub has it now. */
export interface PostedComment extends Marker {
  readonly id: number;
  readonly path: string;
  /** Both absent when the comment is outdated or on the whole file. */
  readonly startLine?: number;
  readonly line?: number;
  readonly body: string;
  /** Of people, oldest first. */
  readonly replies: readonly Reply[];
  /** Replies that we have said something to. */
  readonly answeredReplies: readonly number[];
}
