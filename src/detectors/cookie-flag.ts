import { z } from "zod";
import { Field, Kind } from "../python/kinds.ts";
import { childByField } from "../python/walk.ts";
import type { Detection, ModuleDetector } from "../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../taint/facts.ts";
import { nameWords } from "./shared/name-words.ts";

const Options = z.strictObject({
  /** The keyword that has to be true. */
  keyword: z.enum(["secure", "httponly"]),
  /** Cookies count only when their name says that they identify somebody. */
  "sessions-only": z.boolean().default(false),
  calls: z
    .array(
      z.strictObject({
        callee: z.array(z.string()).min(1),
        /** The framework sets the flag unless it is told not to. */
        "on-by-default": z.boolean().default(false),
      }),
    )
    .min(1),
});
type Options = z.infer<typeof Options>;

/** Words of a cookie's name that say that it holds a preference or a count. */
const PREFERENCES = new Set(
  "theme lang language locale color colour timezone tz consent preference preferences prefs pref sidebar layout dismissed banner seen visited dark font view sort flash".split(
    " ",
  ),
);

const SESSIONS = new Set("session sessionid sid auth token jwt login remember access refresh identity".split(" "));
const NOT_SESSIONS = new Set("csrf csrftoken xsrf".split(" "));

/** Cookies without a flag; preferences, cookies that go away and flags that are decided elsewhere are left out. */
export const cookieFlag: ModuleDetector = {
  kind: "module",
  name: "cookie-flag",
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, options: Options): Generator<Detection> {
  for (const call of facts.calls) {
    const described = options.calls.find(({ callee }) => call.callee.some((path) => callee.includes(path)));
    if (described === undefined || !lacksFlag(call, options.keyword, described["on-by-default"])) continue;
    const cookie = cookieName(call);
    if (isPreference(cookie) || isRemoval(facts, call)) continue;
    if (options["sessions-only"] && !isSession(cookie)) continue;
    yield { node: call.node, call, fields: { keyword: options.keyword, cookie: cookie ?? "set here" } };
  }
}

function lacksFlag(call: CallFact, keyword: string, onByDefault: boolean): boolean {
  const flag = call.args.find((argument) => argument.keyword === keyword);
  if (flag === undefined) return !onByDefault && !call.doubleSplat && !call.splat;
  const { constants } = flag.value;
  return constants.length > 0 && constants.every((constant) => !constant);
}

/** The cookie's name when it is known. */
function cookieName(call: CallFact): string | undefined {
  const name = call.args.find(({ position, keyword }) => position === 0 || keyword === "key" || keyword === "name");
  const constant = name?.value.constants[0];
  return typeof constant === "string" ? constant : undefined;
}

function isPreference(cookie: string | undefined): boolean {
  return cookie !== undefined && nameWords(cookie).some((word) => PREFERENCES.has(word));
}

function isSession(cookie: string | undefined): boolean {
  const words = nameWords(cookie ?? "");
  return words.some((word) => SESSIONS.has(word)) && !words.some((word) => NOT_SESSIONS.has(word));
}

/** An empty value, or a life that is over at once. */
function isRemoval(facts: ModuleFacts, call: CallFact): boolean {
  return call.args.some(({ position, keyword, value, node }) => {
    const [constant] = value.constants;
    if (keyword === "expires" || keyword === "max_age") return constant === 0 || isNegative(facts, node);
    return (position === 1 || keyword === "value") && constant === "";
  });
}

function isNegative(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  return (
    syntax.kind[node] === Kind.unary_operator &&
    syntax.kind[childByField(syntax, node, Field.operator)] === Kind.token_minus
  );
}
