import type { Answer } from "./answer.ts";
import type { ApiRequest } from "./request.ts";

export type Fault =
  /** A bad gateway before the request was looked at, with a page instead of JSON. */
  | { readonly kind: "502-html" }
  /** The same answer, but what was asked has been done. */
  | { readonly kind: "502-saved" }
  /** Refused for now: `retry-after` seconds, or without it, as GitHub also does. */
  | { readonly kind: "secondary-limit"; readonly retryAfter?: number; readonly status?: 403 | 429 }
  /** The budget of the hour is used up until a time, in seconds since 1970. */
  | { readonly kind: "primary-limit"; readonly resetAt: number }
  /** The connection breaks before the request was looked at. */
  | { readonly kind: "drop" }
  /** The connection breaks after what was asked has been done. */
  | { readonly kind: "drop-saved" }
  /** The answer comes later. */
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** The answer comes when a test lets it. */
  | { readonly kind: "hold"; readonly until: Promise<void> }
  /** GraphQL's way of saying that something went wrong, which is a 200. */
  | { readonly kind: "graphql-error"; readonly type: string; readonly message?: string }
  /** Any other answer. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    };

export type FaultSpec = Fault & {
  /** `POST /repos/{owner}/{repo}/check-runs`, `POST /graphql`, or a test of the request. */
  readonly match: string | ((request: ApiRequest) => boolean);
  /** How many requests it meets; 1 where nothing is said. */
  readonly times?: number;
  /** How many matching requests pass before it begins. */
  readonly after?: number;
};

interface Injected {
  readonly spec: FaultSpec;
  left: number;
  passing: number;
  met: number;
}

export interface InjectedFault {
  /** How many requests it has met. */
  readonly met: number;
  remove(): void;
}

/** What goes wrong, in the order of its injection: a request meets one fault at most. */
export class Faults {
  private readonly injected: Injected[] = [];

  inject(spec: FaultSpec): InjectedFault {
    const injected = { spec, left: spec.times ?? 1, passing: spec.after ?? 0, met: 0 };
    this.injected.push(injected);
    return {
      get met() {
        return injected.met;
      },
      remove: () => {
        injected.left = 0;
      },
    };
  }

  /** What was to go wrong and has not: a test that injected it has tried nothing, and later ones meet it. */
  get unmet(): readonly FaultSpec[] {
    return this.injected.filter(({ left }) => left > 0).map(({ spec }) => spec);
  }

  /** The fault that a request meets; counts it as met. */
  take(request: ApiRequest, operation: string | undefined): Fault | undefined {
    const found = this.injected.find((each) => each.left > 0 && matches(each.spec, request, operation));
    if (found === undefined) return undefined;
    if (found.passing > 0) {
      found.passing -= 1;
      return undefined;
    }
    found.left -= 1;
    found.met += 1;
    return found.spec;
  }
}

/** The answer of a fault that answers; undefined for those that break or wait. */
export function faultAnswer(fault: Fault): Answer | undefined {
  switch (fault.kind) {
    case "502-html":
    case "502-saved":
      return htmlAnswer(502, "Bad Gateway");
    case "secondary-limit":
      return {
        status: fault.status ?? 403,
        headers: fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) },
        body: {
          message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
          documentation_url:
            "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
        },
      };
    case "primary-limit":
      return {
        status: 403,
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(fault.resetAt) },
        body: {
          message: "API rate limit exceeded for installation.",
          documentation_url: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api",
        },
      };
    case "graphql-error":
      return {
        status: 200,
        body: {
          errors: [{ type: fault.type, message: fault.message ?? "Something went wrong while executing your query." }],
        },
      };
    case "status":
      return {
        status: fault.status,
        body: fault.body ?? {
          message: "Injected",
          documentation_url: "https://docs.github.com/rest",
          status: String(fault.status),
        },
        ...(fault.headers === undefined ? {} : { headers: fault.headers }),
      };
    case "drop":
    case "drop-saved":
    case "delay":
    case "hold":
      return undefined;
  }
}

function htmlAnswer(status: number, title: string): Answer {
  const html = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body><h1>${status} ${title}</h1></body>\r\n</html>\r\n`;
  return { status, raw: { bytes: Buffer.from(html), contentType: "text/html" } };
}

function matches(spec: FaultSpec, request: ApiRequest, operation: string | undefined): boolean {
  if (typeof spec.match === "function") return spec.match(request);
  return spec.match === operation || spec.match === `${request.method} ${request.path}`;
}
