import { notFound } from "./answer.ts";
import { type ChangedFile, readChangedFiles } from "./changed-files.ts";
import type { CheckRun } from "./check-state.ts";
import type { Git } from "./git.ts";
import type { IssueComment } from "./issue-state.ts";
import type { Account, Role } from "./people.ts";
import type { PullRequest } from "./pull-state.ts";
import type { World } from "./world.ts";
import { type Changes, writeCommit } from "./write-commit.ts";

export interface CommitOptions {
  /** The branch or commit that the changes are made to: the branch itself, or the default branch where it is new. */
  readonly from?: string;
  /** A history of its own: what the changes are made to is nothing. */
  readonly isFirst?: boolean;
  /** Branches or commits that the commit merges. */
  readonly merges?: readonly string[];
  readonly message?: string;
  readonly author?: string;
}

/**
 * One repository. A fork shares its parent's objects, as on GitHub: each can read the other's commits by name; only
 * their branches are apart.
 */
export class Repository {
  readonly id: number;
  readonly owner: Account;
  /** `World.rename` gives another one. */
  name: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  readonly parent: Repository | undefined;
  readonly git: Git;
  readonly createdAt: Date;
  pushedAt: Date;
  readonly pulls = new Map<number, PullRequest>();
  readonly checkRuns: CheckRun[] = [];
  readonly issueComments: IssueComment[] = [];
  /** What a person may do here, by login; whoever is not named may nothing. */
  readonly roles = new Map<string, Role>();
  /** What a merge into the default branch waits for. */
  readonly requiredChecks: RequiredCheck[] = [];
  /** Where only pull requests may bring commits. */
  readonly protectedBranches = new Set<string>();
  nextNumber = 1;
  readonly world: World;
  private readonly diffs = new Map<string, Promise<readonly ChangedFile[]>>();
  private readonly commits = new Map<string, Promise<readonly string[]>>();
  private readonly mergeBases = new Map<string, Promise<string | undefined>>();

  constructor(world: World, git: Git, facts: RepositoryFacts) {
    this.world = world;
    this.git = git;
    this.id = facts.id;
    this.owner = facts.owner;
    this.name = facts.name;
    this.private = facts.private;
    this.defaultBranch = facts.defaultBranch;
    this.parent = facts.parent;
    this.createdAt = world.now();
    this.pushedAt = this.createdAt;
    this.roles.set(facts.owner.login, "admin");
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  /** Makes a commit on a branch, which may be new; open pull requests of that branch move to it. Gives its name. */
  async commit(branch: string, changes: Changes, options: CommitOptions = {}): Promise<string> {
    const tip = options.isFirst
      ? undefined
      : ((await this.find(options.from ?? branch)) ?? (await this.find(this.defaultBranch)));
    const merged = await Promise.all((options.merges ?? []).map((name) => this.resolve(name)));
    const sha = await writeCommit(this.git, {
      ref: this.refOf(branch),
      message: options.message ?? `Change ${Object.keys(changes).slice(0, 3).join(", ")}`,
      author: options.author ?? this.owner.login,
      at: this.world.nextCommitTime(),
      parents: [...(tip === undefined ? [] : [tip]), ...merged],
      changes,
    });
    return this.moved(branch, sha);
  }

  /** Sets a branch to a commit, as a push with force does. */
  async forcePush(branch: string, to: string): Promise<string> {
    const sha = await this.resolve(to);
    await this.git.run(["update-ref", this.refOf(branch), sha]);
    return this.moved(branch, sha);
  }

  /** The commit that a branch or a SHA names; 404 where there is none. */
  async resolve(name: string): Promise<string> {
    const sha = await this.find(name);
    if (sha === undefined) throw notFound();
    return sha;
  }

  /** A branch that a fork did not push is its parent's. */
  async find(name: string): Promise<string | undefined> {
    const branch = await this.git.read(this.refOf(name));
    if (branch?.type === "commit") return branch.oid;
    if (this.parent !== undefined) return this.parent.find(name);
    if (!/^[0-9a-f]{7,40}$/.test(name)) return undefined;
    const object = await this.git.read(name);
    return object?.type === "commit" ? object.oid : undefined;
  }

  /** Undefined for histories that share nothing. */
  mergeBase(base: string, head: string): Promise<string | undefined> {
    return remember(this.mergeBases, `${base} ${head}`, async () => {
      const output = await this.git.run(["merge-base", base, head]).catch(() => Buffer.from(""));
      return output.toString().trim() || undefined;
    });
  }

  /** The files that differ between two commits. */
  changedFiles(base: string, head: string): Promise<readonly ChangedFile[]> {
    if (base === head) return Promise.resolve([]);
    return remember(this.diffs, `${base} ${head}`, () => readChangedFiles(this.git, base, head));
  }

  /** The commits that are in `head` and not in `base`, oldest first. */
  commitsBetween(base: string, head: string): Promise<readonly string[]> {
    return remember(this.commits, `${base} ${head}`, async () => {
      const output = await this.git.run(["rev-list", "--reverse", "--topo-order", `${base}..${head}`]);
      return output
        .toString()
        .split("\n")
        .filter((line) => line !== "");
    });
  }

  private async moved(branch: string, sha: string): Promise<string> {
    this.pushedAt = this.world.now();
    await this.world.branchMoved(this, branch, sha);
    return sha;
  }

  private refOf(branch: string): string {
    return this.parent === undefined ? `refs/heads/${branch}` : `refs/forks/${this.id}/${branch}`;
  }
}

/** A check by its name, and the App that it has to come from where one is chosen. */
export interface RequiredCheck {
  readonly by: "ruleset" | "branch-protection";
  readonly name: string;
  readonly appId?: number;
}

export interface RepositoryFacts {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly parent?: Repository;
}

function remember<T>(memory: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
