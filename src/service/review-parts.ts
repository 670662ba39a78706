import type { Engine } from "../analysis/analyser.ts";
import type { OwnRuleReader } from "../config/read-own-rules.ts";
import type { Sign } from "../review/review-plan.ts";
import type { Rule } from "../rules/rule.ts";
import type { PackageRegistry } from "./new-packages.ts";
import type { Observer } from "./observer.ts";
import type { Advisories, Clock, CodeHost, Log, OrganizationFiles, PullRequestRef, RepositoryRef } from "./ports.ts";
import type { CleanCommits } from "./search-commits.ts";
import type { Heads, ReviewRecord } from "./store.ts";

/** What a review is made with. */
export interface ReviewParts {
  readonly host: CodeHost;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: ReadonlyMap<string, Rule>;
  /** What the organization that a repository belongs to says. */
  readonly organizationConfig: (ref: RepositoryRef) => Promise<OrganizationFiles>;
  readonly readOwnRules: OwnRuleReader;
  /** Commits in which no secret was found. */
  readonly cleanCommits: CleanCommits;
  readonly signFor: (ref: PullRequestRef) => Sign;
  readonly observer: Pick<Observer, "step" | "found">;
  readonly heads: Heads;
  /** Remembers a review that was published; it never fails one. */
  readonly record: (review: ReviewRecord) => Promise<void>;
  /** Absent: nobody is asked. */
  readonly advisories?: Advisories | undefined;
  /** Absent: new packages are not described. */
  readonly packages?: PackageRegistry | undefined;
  /** Where `<rule-id>.md` is found, no slash at the end. */
  readonly rulePages: string;
  /** Of the product: another version does not go on with the check of this one. */
  readonly version: string;
}
