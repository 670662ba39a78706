import { CodeHostError } from "../service/code-host-error.ts";
import type { CodeHostFault } from "../service/ports.ts";

/** What GitHub asks to wait after a secondary limit that names no time. */
const LEAST_WAIT_MS = 60_000;

/**
 * Runs requests; what GitHub refuses becomes a `CodeHostError` by status and header. Other errors are bugs and pass.
 */
export async function withFaults<T>(now: () => Date, requests: () => Promise<T>): Promise<T> {
  try {
    return await requests();
  } catch (error) {
    const fault = faultOf(error, now());
    throw fault === undefined ? error : new CodeHostError(fault, { cause: error });
  }
}

export function faultOf(error: unknown, now: Date): CodeHostFault | undefined {
  if (error instanceof CodeHostError) return error;
  if (!(error instanceof Error)) return undefined;
  const answer = answerOf(error);
  if (answer === undefined) return undefined;
  const { status, headers } = answer;
  if (isLimited(answer)) return { kind: "rate-limited", retryAt: retryAt(headers, now) };
  if (status === 401 || status === 403) return { kind: "forbidden" };
  if (status === 404 || status === 410 || status === 451) return { kind: "gone" };
  if (status >= 400 && status < 500) return { kind: "refused" };
  return { kind: "unavailable" };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** GraphQL answers 200 and names the error's type in the body. */
  readonly types: readonly string[];
  /** Where GitHub says more of it. */
  readonly page: string;
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** The shapes in which Octokit throws: of REST, of GraphQL, and of its throttling of GraphQL. */
interface Thrown {
  readonly status?: number;
  readonly headers?: Headers;
  readonly response?: {
    readonly headers?: Headers;
    readonly data?: { readonly errors?: readonly { readonly type?: string }[]; readonly documentation_url?: string };
  };
  readonly errors?: readonly { readonly type?: string }[];
}

function answerOf(error: Error & Thrown): Answer | undefined {
  const errors = error.errors ?? error.response?.data?.errors;
  const isGraphql = error.status === undefined && Array.isArray(errors);
  if (error.status === undefined && !isGraphql) return undefined;
  const types = isGraphql ? errors.flatMap(({ type }) => type ?? []) : [];
  const headers = error.response?.headers ?? error.headers ?? {};
  const page = error.response?.data?.documentation_url ?? "";
  return { status: error.status ?? statusOf(types), headers, types, page };
}

function statusOf(types: readonly string[]): number {
  if (types.includes("FORBIDDEN")) return 403;
  if (types.includes("NOT_FOUND")) return 404;
  return 500;
}

function isLimited({ status, headers, types, page }: Answer): boolean {
  if (types.includes("RATE_LIMITED") || status === 429) return true;
  if (status !== 403) return false;
  const isTimed = headers["retry-after"] !== undefined || String(headers["x-ratelimit-remaining"]) === "0";
  return isTimed || SECONDARY_LIMITS.test(page);
}

/** A secondary limit may be a 403 that names no time: where it is explained tells it from a lack of permission. */
const SECONDARY_LIMITS = /#(?:about-)?secondary-rate-limits$/u;

function retryAt(headers: Headers, now: Date): Date {
  const seconds = Number(headers["retry-after"]);
  if (seconds > 0) return new Date(now.getTime() + seconds * 1000);
  const reset = Number(headers["x-ratelimit-reset"]) * 1000;
  const isPrimary = String(headers["x-ratelimit-remaining"]) === "0" && reset > now.getTime();
  return new Date(isPrimary ? reset + 1000 : now.getTime() + LEAST_WAIT_MS);
}
