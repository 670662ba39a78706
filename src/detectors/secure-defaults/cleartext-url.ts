import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { isPasswordName } from "../secrets/password-name.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isLocalHost } from "../shared/local-host.ts";
import { addressOf, type Beginning, beginning, REQUEST_ROOTS } from "../shared/request-address.ts";

const Options = z.strictObject({
  scheme: z.enum(["http", "ftp"]),
  /** Only requests that carry a password or a token. */
  credentials: z.boolean().default(false),
});
type Options = z.infer<typeof Options>;
type Scheme = Options["scheme"];

const CLIENTS = [...REQUEST_ROOTS, "http", "httplib"];

/** Requests whose address begins with a scheme that encrypts nothing and a host that is known and not nearby. */
export const cleartextUrl: ModuleDetector = {
  kind: "module",
  name: "cleartext-url",
  triggers: { roots: CLIENTS },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, { scheme, credentials }: Options): Generator<Detection> {
  for (const { call, start } of requestsOf(facts)) {
    const host = start === undefined ? hostAlone(call, scheme) : plainHost(scheme, start.text, start.isComplete);
    if (host === undefined || isLocalHost(host)) continue;
    if (credentials && !carriesCredentials(call) && !isSignedIn(facts, call)) continue;
    yield {
      node: call.node,
      fields: { callee: call.name, name: call.name, host },
      ...(start?.node !== undefined && { value: start.node }),
    };
  }
}

/** API paths of what makes requests. */
const OF_CLIENT = new RegExp(`^(?:${CLIENTS.join("|")})\\.`);

interface Request {
  readonly call: CallFact;
  /** What the address begins with; undefined where that is not known, or where the call takes a host alone. */
  readonly start: Beginning | undefined;
}

const requestsOf: (facts: ModuleFacts) => readonly Request[] = oncePer((facts) =>
  factIndex(facts)
    .calledBy(OF_CLIENT)
    .flatMap((call) => {
      const address = addressOf(call);
      const start = address && beginning(facts, address.node);
      return start === undefined && !connectsPlainly(call) ? [] : [{ call, start }];
    }),
);

/** Connections that are made to a host, over HTTP without TLS whatever is asked for. */
const PLAIN_CONNECTION =
  /^(?:http\.client|httplib)\.HTTPConnection$|^urllib3\.(?:connectionpool\.)?HTTPConnectionPool$/;

function connectsPlainly({ callee }: CallFact): boolean {
  return callee.some((path) => PLAIN_CONNECTION.test(path));
}

function hostAlone(call: CallFact, scheme: Scheme): string | undefined {
  if (scheme !== "http" || !connectsPlainly(call)) return undefined;
  const host = call.args.find(({ position, keyword }) => position === 0 || keyword === "host");
  const [constant, ...others] = host?.value.constants ?? [];
  return typeof constant === "string" && others.length === 0 ? constant.replace(/:\d+$/, "").toLowerCase() : undefined;
}

const CREDENTIAL_HEADER = /^(?:authorization|cookie|x-api-key|x-auth-token)$/i;

function carriesCredentials({ args }: CallFact): boolean {
  return args.some(({ keyword, value }) => {
    if (keyword === "auth") return !value.constants.includes(null);
    const names = [...(value.entries?.keys() ?? [])].map(String);
    if (/^(?:(?:extra_|additional_)?headers|header)$/.test(keyword ?? ""))
      return names.some((name) => CREDENTIAL_HEADER.test(name));
    return (keyword === "data" || keyword === "json") && names.some(isPasswordName);
  });
}

/** `session.auth = …` or `session.headers["Authorization"] = …` for the session that sends it, in the same class or file. */
function isSignedIn(facts: ModuleFacts, { name }: CallFact): boolean {
  const session = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  if (session === "") return false;
  const isSet = facts.assignments.some(
    (fact) =>
      fact.name.startsWith(session) &&
      (fact.name === `${session}.auth` ||
        CREDENTIAL_HEADER.test(/\.headers\[["'](.+)["']\]$/.exec(fact.name)?.[1] ?? "")),
  );
  return (
    isSet ||
    facts.calls.some(
      (call) =>
        call.name === `${session}.headers.update` &&
        [...(call.args[0]?.value.entries?.keys() ?? [])].some((key) => CREDENTIAL_HEADER.test(String(key))),
    )
  );
}

/** The host of an address; undefined where the text ends before it is whole. */
function plainHost(wanted: Scheme, text: string, isComplete: boolean): string | undefined {
  const found = /^(https?|wss?|ftp):\/\/(?:[^/?#@\s]*@)?(\[[^\]]*\]|[\w.-]+)([:/?#]?)/i.exec(text);
  if (found === null || (found[3] === "" && !isComplete)) return undefined;
  const scheme = found[1].toLowerCase().replace(/^ws/, "http");
  return scheme === wanted ? found[2].toLowerCase() : undefined;
}
