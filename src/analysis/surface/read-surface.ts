import { ENVIRONMENT_READERS } from "../../detectors/shared/environment-readers.ts";
import { factIndex } from "../../detectors/shared/fact-index.ts";
import type { ManifestFacts } from "../../manifests/manifest.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, namedChildren, spanOf, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { rightsOf } from "./rights.ts";
import { routesOf } from "./routes.ts";
import type { SurfaceEntry, SurfaceKind } from "./surface.ts";

/** Data that somebody else sends. */
const REQUEST_LABELS: ReadonlySet<string> = new Set(["remote", "upload"]);

/** Sinks that only tell or keep what they are given. */
const QUIET_KINDS: ReadonlySet<string> = new Set([
  "log",
  "log-secret",
  "response",
  "error-detail",
  "storage",
  "range",
  "cookie",
  "hash",
]);

const CLIENTS =
  /^(?:requests|httpx|aiohttp|urllib3?|http\.client|websockets?|grpc|smtplib|ftplib|paramiko|socket|xmlrpc)\b/;

/** What a module shows to the world and takes from it. */
export function surfaceOf(facts: ModuleFacts): readonly SurfaceEntry[] {
  const entry = (kind: SurfaceKind, name: string, node: number): SurfaceEntry => ({
    kind,
    name,
    location: { path: facts.path, span: spanOf(facts.syntax, node) },
  });
  return [
    ...routesOf(facts),
    ...facts.flows
      .filter(({ label, kind }) => REQUEST_LABELS.has(label) && !QUIET_KINDS.has(kind))
      .map(({ sink, node }) => ({ ...entry("sink", factIndex(facts).callAt.get(node)?.name ?? sink, node), id: sink })),
    ...facts.calls.flatMap((call): readonly SurfaceEntry[] => {
      const variables = variablesRead(call);
      const hosts = hostsCalled(call);
      if (variables.length === 0 && hosts.length === 0) return NOTHING;
      return [
        ...variables.map((name) => entry("variable", name, call.node)),
        ...hosts.map((name) => entry("host", name, call.node)),
      ];
    }),
    ...rightsOf(facts).map(([name, node]) => entry("scope", name, node)),
    ...[...subscripts(facts), ...memberships(facts), ...handed(facts)].map(([name, node]) =>
      entry("variable", name, node),
    ),
  ];
}

/** Of most calls: one list for all of them. */
const NOTHING: readonly never[] = [];

/** The packages that a dependency file asks for. */
export function packagesOf({ path, entries }: ManifestFacts): readonly SurfaceEntry[] {
  return entries.flatMap((one) =>
    one.kind === "requirement" && one.name !== undefined && one.group.kind !== "constraint"
      ? [{ kind: "package", name: one.name, location: { path, span: one.span } } as const]
      : [],
  );
}

function variablesRead({ callee, name, args }: CallFact): readonly string[] {
  if (callee.some((path) => ENVIRONMENT_READERS.has(path))) return textsOf(args[0]?.value);
  return OWN_READER.test(name) ? textsOf(args[0]?.value).filter((text) => /^[A-Z][A-Z0-9_]+$/u.test(text)) : NOTHING;
}

/** A function of the project that reads one, by its name: `envint("PORT")`, `get_env("SECRET_KEY")`. */
const OWN_READER = /(?:^|\.|_)env[a-z]*$|^getenv\w*$/iu;

function subscripts(facts: ModuleFacts): readonly (readonly [string, number])[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.subscript)].flatMap((node): readonly (readonly [string, number])[] => {
    const object = childByField(syntax, node, Field.value);
    const parent = syntax.parent[node];
    const isSet = syntax.kind[parent] === Kind.assignment && childByField(syntax, parent, Field.left) === node;
    if (object === NONE || isSet || !facts.pathsOf(object).includes("os.environ")) return [];
    const key = childByField(syntax, node, Field.subscript);
    return textsOf(key === NONE ? undefined : facts.value(key)).map((name) => [name, node] as const);
  });
}

/** `def load(environ): environ.get("APP_ROOT")`: the variables that a function reads out of the environment that it is handed. */
function handed(facts: ModuleFacts): readonly (readonly [string, number])[] {
  return facts.definitions.flatMap(({ node, kind, parameters }): readonly (readonly [string, number])[] => {
    const [given] = parameters.filter(({ name }) => IS_ENVIRONMENT.test(name));
    // What a web server hands over is a request.
    if (kind !== "function" || given === undefined || parameters.some(({ name }) => name === "start_response"))
      return [];
    const inside = (at: number) => at > node && at < facts.syntax.next[node];
    const asked = facts.calls.filter(({ name, node: at }) => name === `${given.name}.get` && inside(at));
    const called = asked.map(({ args, node: at }) => [textsOf(args[0]?.value), at] as const);
    const items = [...nodesOfKind(facts.syntax, Kind.subscript)].filter(
      (at) => inside(at) && isItemOf(facts, at, given.name),
    );
    const read = items.map(
      (at) => [textsOf(facts.value(childByField(facts.syntax, at, Field.subscript))), at] as const,
    );
    return [...called, ...read].flatMap(([names, at]) =>
      names.filter((name) => IS_VARIABLE.test(name) && !OF_REQUEST.test(name)).map((name) => [name, at] as const),
    );
  });
}

const IS_ENVIRONMENT = /^(?:env|environ|environment)$/;
const IS_VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** What CGI and WSGI put into the environment of a request. */
const OF_REQUEST =
  /^(?:HTTP_\w+|REQUEST_\w+|SERVER_\w+|REMOTE_\w+|CONTENT_(?:TYPE|LENGTH)|PATH_(?:INFO|TRANSLATED)|QUERY_STRING|SCRIPT_NAME|GATEWAY_INTERFACE)$/;

/** `environ["APP_ROOT"]` that is read. */
function isItemOf({ syntax }: ModuleFacts, node: number, name: string): boolean {
  const object = childByField(syntax, node, Field.value);
  const parent = syntax.parent[node];
  const isSet = syntax.kind[parent] === Kind.assignment && childByField(syntax, parent, Field.left) === node;
  return object !== NONE && !isSet && textOf(syntax, object) === name;
}

/** `"VERCEL" in os.environ`. */
function memberships(facts: ModuleFacts): readonly (readonly [string, number])[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.comparison_operator)].flatMap((node): readonly (readonly [string, number])[] => {
    const [left = NONE, right = NONE, ...others] = namedChildren(syntax, node);
    if (left === NONE || right === NONE || others.length > 0 || !facts.pathsOf(right).includes("os.environ")) return [];
    return textsOf(facts.value(left)).map((name) => [name, node] as const);
  });
}

function hostsCalled({ callee, args }: CallFact): readonly string[] {
  if (!callee.some((path) => CLIENTS.test(path))) return NOTHING;
  return args.flatMap(({ value, position, keyword = "" }) => {
    const names = textsOf(value);
    const urls = names.flatMap((text) => /^(?:https?|wss?|ftps?):\/\/(?:[^/@\s]*@)?([\w.-]+)/u.exec(text)?.[1] ?? []);
    const isHost = (position === 0 && callee.some((path) => HOST_FIRST.test(path))) || keyword === "host";
    return [...urls, ...(isHost ? names.filter((text) => /^[\w-]+(?:\.[\w-]+)+$/u.test(text)) : [])];
  });
}

const HOST_FIRST = /^(?:http\.client\.HTTPS?Connection|smtplib\.SMTP(?:_SSL)?|ftplib\.FTP(?:_TLS)?)$/;

function textsOf(value: ValueFact | undefined): readonly string[] {
  return (value?.constants ?? []).filter((constant) => typeof constant === "string");
}
