import { expect, test } from "vitest";
import { faultOf } from "../../src/github/map-error.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const IN_A_MINUTE = new Date("2026-03-01T12:01:00Z");

test.each([
  [401, "forbidden"],
  [403, "forbidden"],
  [404, "gone"],
  [410, "gone"],
  [451, "gone"],
  [409, "refused"],
  [422, "refused"],
  [500, "unavailable"],
  [502, "unavailable"],
  [503, "unavailable"],
])("the status %i is %s, whatever the message says", (status, kind) => {
  expect(faultOf(rest(status), NOW)).toEqual({ kind });
});

test.each([
  ["403 with retry-after", rest(403, { "retry-after": "90" }), new Date("2026-03-01T12:01:30Z")],
  ["403 with nothing left of the hour", rest(403, spent("2026-03-01T12:30:00Z")), new Date("2026-03-01T12:30:01Z")],
  ["403 with nothing left and a reset that has passed", rest(403, spent("2026-03-01T11:00:00Z")), IN_A_MINUTE],
  ["429 that names no time", rest(429), IN_A_MINUTE],
  ["403 that names no time and leads to GitHub's page on secondary limits", explained(403), IN_A_MINUTE],
  ["GraphQL's own type", graphql("RATE_LIMITED"), IN_A_MINUTE],
])("%s is a limit, with the time to come back", (_, error, retryAt) => {
  expect(faultOf(error, NOW)).toEqual({ kind: "rate-limited", retryAt });
});

test.each([
  ["NOT_FOUND", "gone"],
  ["FORBIDDEN", "forbidden"],
  ["SOMETHING_ELSE", "unavailable"],
])("GraphQL's type %s is %s", (type, kind) => {
  expect(faultOf(graphql(type), NOW)).toEqual({ kind });
});

test("a bug is none of GitHub's faults", () => {
  expect(faultOf(new TypeError("x is undefined"), NOW)).toBeUndefined();
  expect(faultOf("thrown", NOW)).toBeUndefined();
});

function rest(status: number, headers: Readonly<Record<string, string>> = {}): Error {
  return Object.assign(new Error("You have exceeded a secondary rate limit"), {
    status,
    response: { status, headers },
  });
}

function explained(status: number): Error {
  const page = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits";
  return Object.assign(rest(status), { response: { status, headers: {}, data: { documentation_url: page } } });
}

/** The shape in which Octokit's GraphQL client throws. */
function graphql(type: string): Error {
  return Object.assign(new Error("Something went wrong"), { headers: {}, errors: [{ type, message: "Not Found" }] });
}

function spent(reset: string): Readonly<Record<string, string>> {
  return { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.parse(reset) / 1000) };
}
