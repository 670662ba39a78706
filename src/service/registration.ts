/** Where the service takes deliveries; `app.yml` names it. */
export const WEBHOOK_PATH = "/api/github/webhooks";

/** What the code host says of the App's registration, read for `safepath doctor`. */
export interface Registration {
  readonly app: {
    readonly id: number;
    readonly name: string;
    readonly htmlUrl: string;
    readonly permissions: Permissions;
    readonly events: readonly string[];
  };
  readonly hook: {
    readonly url: string | undefined;
    readonly contentType: string | undefined;
    readonly hasSecret: boolean;
    readonly verifiesCertificate: boolean;
  };
  /** Of the last days, as far as the code host keeps them. */
  readonly failures: readonly FailedAnswer[];
  readonly installations: readonly InstallationState[];
}

export type Permissions = Readonly<Record<string, string>>;

/** How often deliveries of one event were answered in one way. */
export interface FailedAnswer {
  readonly event: string;
  readonly status: number;
  readonly times: number;
}

export interface InstallationState {
  readonly account: string;
  /** Where its owner settles it. */
  readonly htmlUrl: string;
  readonly isSuspended: boolean;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  /** Whether the App finds a configuration for all repositories of the account. */
  readonly isConfigured: boolean;
  readonly repositories: readonly RepositoryState[];
  /** Repositories that were not looked at, for there are too many. */
  readonly leftOut: number;
}

export interface RepositoryState {
  readonly name: string;
  /** Where the check is required before a merge into the default branch; each with the App that it has to come from. */
  readonly required: readonly { readonly by: "ruleset" | "branch-protection"; readonly source: number | "any" }[];
}

/** What the App cannot do without; `app.yml` says what each is for. */
export const NEEDED_PERMISSIONS: Permissions = {
  checks: "write",
  contents: "read",
  pull_requests: "write",
  metadata: "read",
  statuses: "write",
  merge_queues: "read",
};

/** What it can make use of, and works without. */
export const USEFUL_PERMISSIONS: ReadonlySet<string> = new Set(["members"]);

export const NEEDED_EVENTS: readonly string[] = [
  "pull_request",
  "pull_request_review_comment",
  "pull_request_review_thread",
  "issue_comment",
  "check_run",
  "check_suite",
  "merge_group",
  "push",
];

const LEVELS = ["none", "read", "write", "admin"];

/** Those of `needed` that are not granted, or not as far as needed. */
export function lacking(needed: Permissions, granted: Permissions): readonly string[] {
  const rank = (level = "none") => LEVELS.indexOf(level);
  const missing = Object.entries(needed).filter(([name, level]) => rank(granted[name]) < rank(level));
  return missing.map(([name, level]) => `${name}: ${level}`);
}
