import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { notFound } from "./answer.ts";
import { Git } from "./git.ts";
import type { Reaction } from "./issue-state.ts";
import { followBranch } from "./open-pull-request.ts";
import type { Account } from "./people.ts";
import { Repository } from "./repository.ts";
import type { Changes } from "./write-commit.ts";

export type Level = "read" | "write" | "admin";
export type Permissions = Readonly<Record<string, Level>>;

/** What `app.yml` asks for by default. */
export const defaultPermissions: Permissions = {
  checks: "write",
  contents: "read",
  pull_requests: "write",
  metadata: "read",
  statuses: "write",
  merge_queues: "read",
};

/** What `app.yml` asks to be told of. */
export const defaultEvents: readonly string[] = [
  "pull_request",
  "pull_request_review_comment",
  "pull_request_review_thread",
  "issue_comment",
  "check_run",
  "check_suite",
  "merge_group",
  "push",
];

export interface HookConfig {
  readonly url?: string;
  readonly content_type?: string;
  /** Masked; absent where there is none. */
  readonly secret?: string;
  readonly insecure_ssl?: string;
}

export interface AppIdentity {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly clientId: string;
  readonly owner: Account;
  /** The account that its comments are written by. */
  readonly bot: Account;
  /** PEM, made for this stand-in alone. */
  readonly privateKey: string;
  readonly publicKey: string;
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  permissions: Permissions;
  events: readonly string[];
  suspendedAt: Date | undefined;
  createdAt: Date;
}

export interface WorldOptions {
  /** Of the root of the interface, without a slash at the end. */
  readonly api: string;
  /** Of the pages that people see. */
  readonly web: string;
  readonly slug: string;
  readonly permissions: Permissions;
  readonly now: () => Date;
}

/** Seconds since 1970 of the first commit: fixed, so that equal histories have equal names. */
const firstCommitTime = Date.UTC(2026, 0, 1) / 1000;

/** All that this GitHub knows: its accounts, repositories, app and installations. */
export class World {
  readonly api: string;
  readonly web: string;
  readonly app: AppIdentity;
  readonly now: () => Date;
  readonly installations: Installation[] = [];
  readonly reactions: Reaction[] = [];
  /** Logins of the members of each team, by `organization/slug`. */
  readonly teams = new Map<string, readonly string[]>();
  /** What the App's page says: what `app.yml` asks for, until somebody changes it. */
  readonly registration: { permissions: Permissions; events: readonly string[]; hook: HookConfig };
  private readonly repositories = new Map<string, Repository>();
  /** By names that they had before. */
  private readonly renamed = new Map<string, Repository>();
  private readonly accounts = new Map<string, Account>();
  private readonly folders: string[] = [];
  private readonly permissions: Permissions;
  private commitTime = firstCommitTime;
  private lastId = 1000;

  constructor(options: WorldOptions) {
    this.api = options.api;
    this.web = options.web;
    this.now = options.now;
    this.permissions = options.permissions;
    this.app = makeApp(options.slug, this);
    this.registration = {
      permissions: options.permissions,
      events: defaultEvents,
      hook: {
        url: "https://safepath.example.com/api/github/webhooks",
        content_type: "json",
        secret: "********",
        insecure_ssl: "0",
      },
    };
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  nextCommitTime(): number {
    this.commitTime += 1;
    return this.commitTime;
  }

  account(login: string, type: Account["type"] = login.endsWith("[bot]") ? "Bot" : "User"): Account {
    const known = this.accounts.get(login.toLowerCase());
    if (known !== undefined) return known;
    const account = { id: this.nextId(), login, type };
    this.accounts.set(login.toLowerCase(), account);
    return account;
  }

  async createRepository(facts: NewRepository): Promise<Repository> {
    const folder = await mkdtemp(join(tmpdir(), "github-stand-in-"));
    this.folders.push(folder);
    const git = new Git(folder);
    await git.run(["init", "--bare", "--quiet", folder]);
    const owner = this.account(facts.owner, "Organization");
    const repository = new Repository(this, git, {
      id: this.nextId(),
      owner,
      name: facts.name,
      private: facts.private ?? true,
      defaultBranch: facts.defaultBranch ?? "main",
    });
    this.add(repository);
    this.install(owner);
    if (facts.files !== undefined) {
      await repository.commit(repository.defaultBranch, facts.files, { message: "Initial commit" });
    }
    return repository;
  }

  /** A copy in another account, where the app is not installed. */
  fork(parent: Repository, owner: string): Repository {
    const fork = new Repository(this, parent.git, {
      id: this.nextId(),
      owner: this.account(owner),
      name: parent.name,
      private: parent.private,
      defaultBranch: parent.defaultBranch,
      parent,
    });
    this.add(fork);
    return fork;
  }

  repository(owner: string, name: string): Repository {
    const repository = this.repositories.get(`${owner}/${name}`.toLowerCase());
    if (repository === undefined) throw notFound();
    return repository;
  }

  /** The earlier name leads to the new one, until another repository takes it. */
  rename(repository: Repository, name: string): void {
    const before = repository.fullName.toLowerCase();
    this.repositories.delete(before);
    repository.name = name;
    this.add(repository);
    this.renamed.set(before, repository);
  }

  /** The repository that had the name before, where none has it now. */
  renamedFrom(fullName: string): Repository | undefined {
    const key = fullName.toLowerCase();
    return this.repositories.has(key) ? undefined : this.renamed.get(key);
  }

  /** By its number, as where a redirect leads. */
  repositoryById(id: number): Repository | undefined {
    return this.allRepositories().find((each) => each.id === id);
  }

  allRepositories(): readonly Repository[] {
    return [...this.repositories.values()];
  }

  installationOf(repository: Repository): Installation {
    const installation = this.installations.find((each) => each.account.id === repository.owner.id);
    if (installation === undefined) throw notFound();
    return installation;
  }

  /** Open pull requests of the branch follow it. */
  branchMoved(repository: Repository, branch: string, sha: string): Promise<void> {
    return followBranch(this, repository, branch, sha);
  }

  async close(): Promise<void> {
    for (const repository of this.repositories.values()) repository.git.close();
    await Promise.all(this.folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
  }

  private add(repository: Repository): void {
    const key = repository.fullName.toLowerCase();
    if (this.repositories.has(key)) throw new Error(`${repository.fullName} is there already`);
    this.repositories.set(key, repository);
  }

  private install(account: Account): void {
    if (this.installations.some((each) => each.account.id === account.id)) return;
    const facts = {
      permissions: this.permissions,
      events: defaultEvents,
      suspendedAt: undefined,
      createdAt: new Date("2026-01-01T00:00:00Z"),
    };
    this.installations.push({ id: this.nextId(), account, ...facts });
  }
}

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly files?: Changes;
  readonly private?: boolean;
  readonly defaultBranch?: string;
}

function makeApp(slug: string, world: World): AppIdentity {
  const keys = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return {
    id: world.nextId(),
    slug,
    name: slug.slice(0, 1).toUpperCase() + slug.slice(1),
    clientId: `Iv23li${slug}`,
    owner: world.account("app-owner"),
    bot: world.account(`${slug}[bot]`),
    privateKey: keys.privateKey,
    publicKey: keys.publicKey,
  };
}
