import { createAppAuth } from "@octokit/auth-app";
import { throttling } from "@octokit/plugin-throttling";
import { Octokit } from "@octokit/rest";
import { CodeHostError } from "../service/code-host-error.ts";
import { isLost } from "../service/job-queue.ts";
import type { Clock, Log, RepositoryRef } from "../service/ports.ts";
import type { HostTime } from "./host-time.ts";
import type { Limiters } from "./limiters.ts";
import { withFaults } from "./map-error.ts";
import type { RequestLedger, ToldUsage } from "./request-ledger.ts";
import { retryReads } from "./retry-reads.ts";
import { sharePace, type TakeSlot } from "./share-pace.ts";
import { throttleOptions } from "./throttle-options.ts";
import { createTokenCache } from "./token-cache.ts";
import { createLimitHandler } from "./wait-out-limits.ts";

export interface AppCredentials {
  readonly appId: number;
  readonly privateKey: string;
}

export interface ClientOptions {
  readonly credentials: AppCredentials;
  /** `https://api.github.com`, or `https://HOST/api/v3` of a GitHub Enterprise Server; no slash at the end. */
  readonly apiUrl: string;
  readonly limiters: Limiters;
  readonly ledger: RequestLedger;
  /** Where other processes write for the same installations. */
  readonly takeSlot?: TakeSlot | undefined;
  /** What each request of an installation (or `app`) was answered with, 0 for none; what GitHub says is left of its hour. */
  readonly onAnswer?: (installation: string, status: number, remaining: number | undefined) => void;
  /** Is told what time GitHub says that it is. */
  readonly hostTime?: HostTime | undefined;
  /** Of the job that the requests are for. */
  readonly lease?: AbortSignal | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RepositoryClient {
  readonly octokit: Octokit;
  /** For what GraphQL is only asked: at the pace of reads. */
  readonly query: Octokit["graphql"];
}

/** The App itself and its installations, each with its own limits. */
export interface Clients {
  /** A client whose token reaches this one repository, with no more permissions than a review needs; it only reads once the lease is lost. */
  forRepository(ref: RepositoryRef, lease?: AbortSignal): Promise<RepositoryClient>;
  /** The App itself: its installations, and what became of its deliveries. */
  forApp(): Octokit;
  /** A client that sees which pull requests and checks the repositories of an installation have, and no more. */
  forInstallation(installationId: number): Promise<Octokit>;
  /** A client that sees the repositories of an installation and the rules of their branches, and no more. */
  forInspection(installationId: number): Promise<Octokit>;
  /** A client that reads one other repository of an installation; undefined where the App is not installed there. */
  forReading(installationId: number, name: string): Promise<RepositoryClient | undefined>;
  /** A client that may change the contents of one repository; undefined where the installation does not let us. */
  forChanging(ref: RepositoryRef, lease?: AbortSignal): Promise<Octokit | undefined>;
  /** A query that sees who is in which team of the organization; undefined where the installation does not let us. */
  forMembers(installationId: number): Promise<Octokit["graphql"] | undefined>;
  /** The login of the App's comments: `<slug>[bot]`. */
  botLogin(): Promise<string>;
}

export function createClients(options: ClientOptions): Clients {
  const app = createClient({ ...options, takeSlot: undefined }, "app", {
    authStrategy: createAppAuth,
    auth: { ...options.credentials, cache: createTokenCache() },
  });
  const now = () => options.clock.now();
  let login: Promise<string> | undefined;
  /** What installations refuse, and when they are asked again. */
  const refused = new Map<string, number>();

  async function ifGranted<T>(wanted: string, ask: () => Promise<T>): Promise<T | undefined> {
    if (now().getTime() < (refused.get(wanted) ?? 0)) return undefined;
    try {
      return await withFaults(now, ask);
    } catch (error) {
      if (!(error instanceof CodeHostError) || error.kind !== "refused") throw error;
      if (refused.size >= MOST_KEPT) refused.clear();
      refused.set(wanted, now().getTime() + ASK_AGAIN_MS);
      return undefined;
    }
  }

  return {
    forApp: () => app,
    async forRepository(ref, lease) {
      const token = await withFaults(now, () => tokenFor(app, ref));
      return createPair({ ...options, lease }, String(ref.installationId), token);
    },
    async forInstallation(installationId) {
      const token = await withFaults(now, () => sharedToken(app, installationId, LISTING));
      return createClient(options, String(installationId), { auth: token });
    },
    async forInspection(installationId) {
      const token = await withFaults(now, () => sharedToken(app, installationId, INSPECTING));
      return createClient(options, String(installationId), { auth: token });
    },
    async forChanging(ref, lease) {
      const { installationId } = ref;
      const token = await ifGranted(`contents ${installationId}`, () => tokenFor(app, ref, CHANGING));
      return token === undefined
        ? undefined
        : createClient({ ...options, lease }, String(installationId), { auth: token });
    },
    async forMembers(installationId) {
      const token = await ifGranted(`members ${installationId}`, () =>
        sharedToken(app, installationId, SEEING_MEMBERS),
      );
      return token === undefined ? undefined : createPair(options, String(installationId), token).query;
    },
    async forReading(installationId, name) {
      try {
        const token = await withFaults(now, () => readingToken(app, installationId, name));
        return createPair(options, String(installationId), token);
      } catch (error) {
        if (error instanceof CodeHostError && (error.kind === "gone" || error.kind === "refused")) return undefined;
        throw error;
      }
    },
    botLogin() {
      login ??= withFaults(now, () => readLogin(app)).catch((error: unknown) => {
        login = undefined;
        throw error;
      });
      return login;
    },
  };
}

/** GitHub answers a hanging request after 10 s; a blob of the largest size takes longer on a slow line. */
const REQUEST_DEADLINE_MS = 30_000;

const PERMISSIONS = { checks: "write", contents: "read", pull_requests: "write", metadata: "read" };

/** Only for a commit that somebody asked for, and for threads that are settled. */
const CHANGING = { contents: "write", pull_requests: "write", metadata: "read" };
/** An owner may accept the permission at any time. */
const ASK_AGAIN_MS = 10 * 60_000;
const MOST_KEPT = 10_000;

const LISTING = { checks: "read", pull_requests: "read", metadata: "read" } as const;
const SEEING_MEMBERS = { members: "read" } as const;
const INSPECTING = { contents: "read", metadata: "read" } as const;

const ThrottledOctokit = Octokit.plugin(throttling);

function createClient(
  { apiUrl, limiters, ledger, takeSlot, onAnswer = ignore, lease, hostTime, clock, log }: ClientOptions,
  limiterId: string,
  auth: object,
): Octokit {
  const client = new ThrottledOctokit({
    ...auth,
    baseUrl: apiUrl,
    userAgent: "safepath",
    log: quiet,
    request: {
      fetch: async (url: string, init: RequestInit) => {
        // A write may have waited here for its turn.
        if (lease !== undefined && isLost(lease) && init.method !== "GET") throw new Error("the lease is lost");
        ledger.count(limiterId);
        try {
          const response = await fetchWithDeadline(url, init);
          hostTime?.told(response.headers.get("date"));
          const usage = usageOf(response);
          if (usage !== undefined) ledger.told(limiterId, usage);
          onAnswer(limiterId, response.status, usage?.remaining);
          return response;
        } catch (error) {
          onAnswer(limiterId, 0, undefined);
          throw error;
        }
      },
    },
    throttle: throttleOptions(limiters, limiterId, createLimitHandler(clock, log)),
  });
  retryReads(client, clock);
  if (takeSlot !== undefined) sharePace(client, limiterId, takeSlot, clock);
  return client;
}

function createPair(options: ClientOptions, limiterId: string, token: string): RepositoryClient {
  const { limiters } = options;
  const reading = { ...options, takeSlot: undefined, limiters: { ...limiters, write: limiters.queries } };
  const auth = { auth: token };
  return { octokit: createClient(options, limiterId, auth), query: createClient(reading, limiterId, auth).graphql };
}

/** Octokit's own lines name no job and hold the words of comments. */
const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

/** Each kind of request has a limit of its own; the one of ordinary requests binds first. */
function usageOf({ headers }: Response): (ToldUsage & { readonly remaining: number }) | undefined {
  const number = (name: string) => Number(headers.get(`x-ratelimit-${name}`) ?? Number.NaN);
  const [used, remaining, reset] = [number("used"), number("remaining"), number("reset")];
  if (headers.get("x-ratelimit-resource") !== "core" || Number.isNaN(used + remaining + reset)) return undefined;
  return { used, remaining, resetAt: new Date(reset * 1_000) };
}

function fetchWithDeadline(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_DEADLINE_MS) });
}

/** A new one each time: a job must not begin with a token that is about to expire. */
async function tokenFor(app: Octokit, ref: RepositoryRef, permissions: object = PERMISSIONS): Promise<string> {
  const authentication = (await app.auth({
    type: "installation",
    installationId: ref.installationId,
    repositoryIds: [ref.repositoryId],
    permissions,
    refresh: true,
  })) as { readonly token: string };
  return authentication.token;
}

/** One token serves for the hour that GitHub gives it. */
async function sharedToken(
  app: Octokit,
  installationId: number,
  permissions: Readonly<Record<string, "read">>,
): Promise<string> {
  const authentication = (await app.auth({ type: "installation", installationId, permissions })) as {
    readonly token: string;
  };
  return authentication.token;
}

async function readingToken(app: Octokit, installationId: number, name: string): Promise<string> {
  const { data } = await app.rest.apps.createInstallationAccessToken({
    installation_id: installationId,
    repositories: [name],
    permissions: { contents: "read", metadata: "read" },
  });
  return data.token;
}

async function readLogin(app: Octokit): Promise<string> {
  const { data } = await app.rest.apps.getAuthenticated();
  if (data?.slug === undefined) throw new Error("the App has no slug");
  return `${data.slug}[bot]`;
}
