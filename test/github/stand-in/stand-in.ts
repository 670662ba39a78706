import type { Server } from "node:http";
import { Tokens } from "./auth.ts";
import { branchRoutes } from "./branches.ts";
import type { CheckRun } from "./check-state.ts";
import { checkRoutes } from "./checks.ts";
import { contentRoutes } from "./contents.ts";
import { Contract } from "./contract.ts";
import type { Webhook } from "./contract-scope.ts";
import { Deliveries, type DeliveryOptions, type DeliveryResult, type HookTarget } from "./deliveries.ts";
import { Faults } from "./faults.ts";
import { installationRoutes } from "./installations.ts";
import type { IssueComment } from "./issue-state.ts";
import { addIssueComment, issueRoutes } from "./issues.ts";
import { type NewPullRequest, openPullRequest, retarget } from "./open-pull-request.ts";
import {
  checkRunRequestedActionPayload,
  checkRunRerequestedPayload,
  checkSuiteRerequestedPayload,
  type InstallationAction,
  installationPayload,
  installationRepositoriesPayload,
  issueCommentCreatedPayload,
  type MergeGroup,
  mergeGroupPayload,
  type PullRequestEvent,
  pullRequestPayload,
  reviewCommentCreatedPayload,
  webhookOf,
} from "./payloads.ts";
import type { PullRequest, ReviewComment } from "./pull-state.ts";
import { pullRoutes } from "./pulls.ts";
import { RateLimit } from "./rate-limit.ts";
import type { CommitOptions, Repository } from "./repository.ts";
import { addReply, reviewCommentRoutes } from "./review-comments.ts";
import { reviewRoutes } from "./reviews.ts";
import { addressOf, type LoggedRequest, listen, serve } from "./server.ts";
import { type AppIdentity, defaultPermissions, type NewRepository, type Permissions, World } from "./world.ts";
import type { Changes } from "./write-commit.ts";

export interface StandInOptions {
  /** What every installation grants: what `app.yml` asks for where nothing is said. */
  readonly permissions?: Permissions;
  /** The app's name in addresses; its comments are by `slug[bot]`. */
  readonly slug?: string;
  /** Where the pages for people are said to be. */
  readonly webUrl?: string;
  readonly now?: () => Date;
}

const createToken = "POST /app/installations/{installation_id}/access_tokens";

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const server = await listen();
  const world = new World({
    api: addressOf(server),
    web: options.webUrl ?? "https://github.com",
    slug: options.slug ?? "safepath",
    permissions: options.permissions ?? defaultPermissions,
    now: options.now ?? (() => new Date()),
  });
  return new StandIn(server, world);
}

/** GitHub on loopback, over real git repositories, with its documented limits. */
export class StandIn {
  /** Root of the REST interface; `/api/v3` and `/api/graphql` below it are those of GitHub Enterprise Server. */
  readonly url: string;
  readonly app: AppIdentity;
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults = new Faults();
  readonly contract = new Contract();
  readonly deliveries: Deliveries;
  readonly rateLimit: RateLimit;
  readonly requests: LoggedRequest[] = [];
  private readonly server: Server;
  private readonly watchers = new Set<() => void>();

  constructor(server: Server, world: World) {
    this.server = server;
    this.world = world;
    this.url = world.api;
    this.app = world.app;
    this.tokens = new Tokens(world);
    this.deliveries = new Deliveries(world);
    this.rateLimit = new RateLimit(world);
    serve(server, {
      world,
      tokens: this.tokens,
      routes: [
        ...installationRoutes(this.tokens, this.rateLimit),
        ...this.deliveries.routes(),
        ...contentRoutes,
        ...branchRoutes,
        ...pullRoutes,
        ...reviewRoutes,
        ...reviewCommentRoutes,
        ...checkRoutes,
        ...issueRoutes,
      ],
      faults: this.faults,
      contract: this.contract,
      rateLimit: this.rateLimit,
      onRequest: (request) => this.record(request),
    });
  }

  /** The app is installed in the account of its owner. */
  createRepository(repository: NewRepository): Promise<Repository> {
    return this.world.createRepository(repository);
  }

  openPullRequest(repository: Repository, pull: NewPullRequest): Promise<PullRequest> {
    return openPullRequest(this.world, repository, pull);
  }

  /** A copy in another account, whose branches pull requests may come from. */
  fork(repository: Repository, owner: string): Repository {
    return this.world.fork(repository, owner);
  }

  /** Adds a commit to the branch of a pull request; gives the head before it, which `synchronize` names. */
  async push(pull: PullRequest, changes: Changes, options?: CommitOptions): Promise<string> {
    const before = pull.headSha;
    await pull.headRepository.commit(pull.headBranch, changes, options);
    return before;
  }

  /** Gives a pull request another base; the event that tells of it. */
  retarget(pull: PullRequest, base: string): Promise<PullRequestEvent> {
    return retarget(pull, base);
  }

  /** Where deliveries go to from now on. */
  sendHooksTo(target: HookTarget): void {
    this.deliveries.target = target;
  }

  deliver(event: string, payload: unknown, options?: DeliveryOptions): Promise<DeliveryResult> {
    return this.deliveries.deliver(event, payload, options);
  }

  /** Delivers what happened to a pull request, with a payload from its state of now. */
  async announce(pull: PullRequest, event: PullRequestEvent, options?: DeliveryOptions): Promise<DeliveryResult> {
    const payload = await pullRequestPayload(pull, event, this.world);
    this.contract.checkWebhook(webhookOf(event), payload);
    return this.deliver("pull_request", payload, options);
  }

  /** Delivers that somebody asked for a check run again. */
  announceRerun(repository: Repository, run: CheckRun, options?: DeliveryOptions): Promise<DeliveryResult> {
    const payload = checkRunRerequestedPayload(run, repository, this.world);
    this.contract.checkWebhook("check-run-rerequested", payload);
    return this.deliver("check_run", payload, options);
  }

  /** Delivers that somebody pressed a button of a check run. */
  announceAction(repository: Repository, run: CheckRun, identifier: string, login: string): Promise<DeliveryResult> {
    const by = this.world.account(login);
    const payload = checkRunRequestedActionPayload(run, identifier, repository, by, this.world);
    this.contract.checkWebhook("check-run-requested-action", payload);
    return this.deliver("check_run", payload);
  }

  /** Delivers that somebody asked for all checks of a pull request's head again. */
  announceSuiteRerun(pull: PullRequest): Promise<DeliveryResult> {
    const payload = checkSuiteRerequestedPayload(pull, this.world);
    this.contract.checkWebhook("check-suite-rerequested", payload);
    return this.deliver("check_suite", payload);
  }

  /** Delivers that a merge queue asks for the checks of a group's commit. */
  announceMergeGroup(pull: PullRequest, group: MergeGroup): Promise<DeliveryResult> {
    const payload = mergeGroupPayload(pull, group, this.world);
    this.contract.checkWebhook("merge-group-checks-requested", payload);
    return this.deliver("merge_group", payload);
  }

  /** Delivers that a review comment was written. */
  announceComment(pull: PullRequest, comment: ReviewComment, options?: DeliveryOptions): Promise<DeliveryResult> {
    const payload = reviewCommentCreatedPayload(comment, pull, this.world);
    this.contract.checkWebhook("pull-request-review-comment-created", payload);
    return this.deliver("pull_request_review_comment", payload, options);
  }

  /** Somebody writes in the conversation of a pull request; nothing is delivered. */
  comment(pull: PullRequest, login: string, body: string): IssueComment {
    return addIssueComment(pull.repository, pull.number, this.world.account(login), body);
  }

  /** Delivers that a comment was written in the conversation. */
  announceConversation(pull: PullRequest, comment: IssueComment, options?: DeliveryOptions): Promise<DeliveryResult> {
    const payload = issueCommentCreatedPayload(comment, pull, this.world);
    this.contract.checkWebhook("issue-comment-created", payload);
    return this.deliver("issue_comment", payload, options);
  }

  /** Delivers what happened to the installation that reaches a repository. */
  announceInstallation(repository: Repository, action: InstallationAction): Promise<DeliveryResult> {
    const payload = installationPayload(action, repository, this.world);
    this.contract.checkWebhook(`installation-${action.replaceAll("_", "-")}` as Webhook, payload);
    return this.deliver("installation", payload);
  }

  /** Delivers that the installation gained or lost repositories. */
  announceRepositories(
    action: "added" | "removed",
    repositories: readonly [Repository, ...Repository[]],
  ): Promise<DeliveryResult> {
    const payload = installationRepositoriesPayload(action, repositories, this.world);
    this.contract.checkWebhook(`installation-repositories-${action}`, payload);
    return this.deliver("installation_repositories", payload);
  }

  /** Somebody answers in a thread. */
  reply(pull: PullRequest, to: ReviewComment, login: string, body: string): Promise<ReviewComment> {
    return addReply(pull, to.id, login, body, this.world);
  }

  /** Somebody who may write changes the words of a comment, whoever wrote it. */
  rewrite(comment: ReviewComment | IssueComment, body: string, login = "mallory"): void {
    comment.body = body;
    // Within the second in which it was written: the times that REST tells do not differ.
    comment.editedAt = comment.createdAt;
    comment.updatedAt = comment.editedAt;
    comment.editor = this.world.account(login);
  }

  /** The newest check run of the app for the head of a pull request. */
  checkRun(pull: PullRequest): CheckRun | undefined {
    return pull.repository.checkRuns.findLast((run) => run.headSha === pull.headSha && run.appId === this.app.id);
  }

  /** Requests to GitHub, those for tokens aside. */
  countRequests(operation?: string): number {
    const counted = this.requests.filter((each) => each.operation !== createToken);
    return counted.filter((each) => operation === undefined || each.operation === operation).length;
  }

  forgetRequests(): void {
    this.requests.length = 0;
  }

  /** Waits until something holds, looking after every request; rejects when it still does not after a while. */
  until(holds: () => boolean, milliseconds = 200_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds()) return;
        finish();
        resolve();
      };
      const timer = setTimeout(() => {
        finish();
        const last = this.requests.slice(-10).map((each) => `${each.method} ${each.path} → ${each.status}`);
        reject(new Error(`it did not happen within ${milliseconds} ms; the last requests:\n${last.join("\n")}`));
      }, milliseconds);
      const finish = () => {
        clearTimeout(timer);
        this.watchers.delete(look);
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Waits until the check run of a pull request's head is completed. */
  async untilChecked(pull: PullRequest, milliseconds?: number): Promise<CheckRun> {
    const completed = () => (this.checkRun(pull)?.status === "completed" ? this.checkRun(pull) : undefined);
    await this.until(() => completed() !== undefined, milliseconds);
    const run = completed();
    if (run === undefined) throw new Error("the check run was opened again");
    return run;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
    await this.world.close();
  }

  private record(request: LoggedRequest): void {
    this.requests.push(request);
    for (const look of [...this.watchers]) look();
  }
}
