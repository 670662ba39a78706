import type { DestinationStream } from "pino";
import { IN_MEMORY } from "../../src/database/open-sqlite.ts";
import { createLog } from "../../src/log.ts";
import type { Every } from "../../src/service/ports.ts";
import type { Settings } from "../../src/settings.ts";
import { type RunningServer, startServer } from "../../src/start-server.ts";
import { ManualClock } from "../service/manual-clock.ts";
import type { CheckRun } from "./stand-in/check-state.ts";
import { expectContract } from "./stand-in/expect-contract.ts";
import type { NewPullRequest } from "./stand-in/open-pull-request.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";
import type { Repository } from "./stand-in/repository.ts";
import { type StandIn, startStandIn } from "./stand-in/stand-in.ts";
import type { Changes } from "./stand-in/write-commit.ts";

export const SECRET = "a secret for deliveries that nobody guesses";
export const PREVIOUS_SECRET = "the secret that was in force until a moment ago";
export const RULE_PAGES = "https://example.com/rules";

export interface LogLine {
  readonly msg: string;
  readonly level: string;
  readonly delivery?: string;
  readonly [field: string]: unknown;
}

/** The real App on loopback, with the real analysis, against the stand-in; waits of the App take no time. */
export interface AppOnLoopback {
  readonly github: StandIn;
  readonly clock: ManualClock;
  readonly url: string;
  /** As Prometheus reads it. */
  metrics(): Promise<string>;
  readonly log: readonly LogLine[];
  /** Waits until a line was logged. */
  logged(is: (line: LogLine) => boolean): Promise<LogLine>;
  /** A repository with a pull request: `base` is on the default branch, `head` is what the pull request changes. */
  openPullRequest(base: Changes, head: Changes, options?: Partial<NewPullRequest>): Promise<PullRequest>;
  /** Announces the pull request, and waits until its review has ended, be it after several attempts. */
  review(pull: PullRequest): Promise<CheckRun>;
  /** Shuts the App down, as a signal would; GitHub stays. */
  stop(graceMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface AppOptions {
  readonly clock?: ManualClock;
  /** Time passes by itself, as in the service: the clock of the test is not asked. */
  readonly isOnOwnClock?: boolean;
  /** Below the stand-in's address: `/api/v3` is that of a GitHub Enterprise Server. */
  readonly apiPath?: string;
  /** One that is there already: it goes when the App is closed. */
  readonly github?: StandIn;
  /** Looks for what was missed when it starts, and when its alarms are rung. */
  readonly recovers?: boolean;
  readonly every?: Every;
  /** Milliseconds by which leases are given up; none pass where nothing is said. */
  readonly elapsed?: () => number;
  readonly settings?: Partial<Settings>;
}

export async function startApp(options: AppOptions = {}): Promise<AppOnLoopback> {
  const { clock = instantClock(), apiPath = "", recovers = false, every, elapsed = () => 0 } = options;
  const { isOnOwnClock = false } = options;
  const github = options.github ?? (await startStandIn());
  const { log, destination, logged } = collectLog();
  const server = await startServer(
    { ...settingsFor(github, apiPath), ...options.settings, recoveryMinutes: recovers ? 5 : 0 },
    {
      log: createLog("debug", destination),
      ...(isOnOwnClock ? {} : { clock }),
      elapsed,
      ...(every === undefined ? {} : { every }),
      pace: { concurrentRequests: 10, betweenWritesMs: 0, betweenNotificationsMs: 0 },
    },
  );
  const url = `http://127.0.0.1:${server.port}`;
  github.deliveries.target = { url: `${url}/api/github/webhooks`, secret: SECRET };
  return {
    github,
    clock,
    url,
    metrics: async () => (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text(),
    log,
    logged,
    ...scenes(github, logged),
    stop: (graceMs) => server.close(graceMs),
    close: () => close(server, github),
  };
}

function instantClock(): ManualClock {
  return new ManualClock(new Date().toISOString(), true);
}

function settingsFor(github: StandIn, apiPath: string): Omit<Settings, "recoveryMinutes"> {
  return {
    appId: github.app.id,
    privateKey: github.app.privateKey,
    webhookSecrets: [SECRET, PREVIOUS_SECRET],
    apiUrl: `${github.url}${apiPath}`,
    host: "127.0.0.1",
    port: 0,
    metricsPort: 0,
    logLevel: "debug",
    rulePages: RULE_PAGES,
    reviews: 2,
    analysers: 1,
    proxies: 0,
    queue: { kind: "file", path: IN_MEMORY },
    role: "all",
    retentionDays: 90,
    previousPrivateKeys: [],
  };
}

/** Whatever a test was about, both sides kept to GitHub's own description. */
async function close(server: RunningServer, github: StandIn): Promise<void> {
  await server.close(1_000);
  await github.close();
  expectContract(github);
}

let repositories = 0;

function scenes(github: StandIn, logged: AppOnLoopback["logged"]): Pick<AppOnLoopback, "openPullRequest" | "review"> {
  return {
    async openPullRequest(base, head, options = {}) {
      repositories += 1;
      const files = { "README.md": "# Shop\n", ...base };
      const repository = await github.createRepository({ owner: "acme", name: `shop-${repositories}`, files });
      return openOn(github, repository, head, options);
    },
    async review(pull) {
      const { id, status } = await github.announce(pull, { action: "opened" });
      if (status !== 202) throw new Error(`the delivery was answered with ${status}`);
      await logged((line) => line.delivery === id && line.msg === "review ended");
      const run = github.checkRun(pull);
      if (run === undefined) throw new Error("the head has no check run");
      return run;
    },
  };
}

async function openOn(
  github: StandIn,
  repository: Repository,
  head: Changes,
  options: Partial<NewPullRequest>,
): Promise<PullRequest> {
  const headRepository = options.fork ?? repository;
  await headRepository.commit("feature", head, { from: await repository.resolve(repository.defaultBranch) });
  return github.openPullRequest(repository, { head: "feature", ...options });
}

function collectLog() {
  const log: LogLine[] = [];
  const watchers = new Set<() => void>();
  const destination: DestinationStream = {
    write(text) {
      log.push(JSON.parse(text) as LogLine);
      for (const look of [...watchers]) look();
    },
  };
  const logged = (is: (line: LogLine) => boolean): Promise<LogLine> =>
    new Promise((resolve) => {
      const look = () => {
        const line = log.find(is);
        if (line === undefined) return;
        watchers.delete(look);
        resolve(line);
      };
      watchers.add(look);
      look();
    });
  return { log, destination, logged };
}
