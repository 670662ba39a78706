import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { literalText, operands } from "../shared/literal.ts";
import { isLocalHost } from "../shared/local-host.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";

interface Connection {
  readonly callee: RegExp;
  readonly keyword: string;
  readonly off: readonly unknown[];
  /** What checks the certificate, too. */
  readonly on: string;
}

/** Calls that connect to a database, by the keyword that switches TLS off and what it is then set to. */
const CONNECTIONS: readonly Connection[] = [
  {
    callee:
      /^(?:psycopg2|psycopg|psycopg\.(?:Async)?Connection|psycopg2\.pool\.\w+|aiopg|psycopg_pool\.\w+)(?:\.(?:connect|create_pool))?$/,
    keyword: "sslmode",
    off: ["disable"],
    on: '"verify-full"',
  },
  { callee: /^asyncpg\.(?:connect|create_pool)$/, keyword: "ssl", off: ["disable", false], on: '"verify-full"' },
  {
    callee:
      /^(?:mysql\.connector\.(?:connect|MySQLConnection|pooling\.MySQLConnectionPool)|pymysql\.(?:connect|connections\.Connection)|MySQLdb\.connect)$/,
    keyword: "ssl_disabled",
    off: [true],
    on: "False",
  },
  {
    callee: /^(?:redis|redis\.asyncio|redis\.cluster)\.(?:Strict)?Redis(?:Cluster)?$/,
    keyword: "ssl",
    off: [false],
    on: "True",
  },
  {
    callee: /^(?:pymongo\.(?:Async)?MongoClient|motor\.motor_asyncio\.AsyncIOMotorClient)$/,
    keyword: "tls",
    off: [false],
    on: "True",
  },
  { callee: /^MySQLdb\.connect$/, keyword: "ssl_mode", off: ["DISABLED"], on: '"VERIFY_IDENTITY"' },
];

/** Databases' addresses, with the option that switches TLS off. */
const ADDRESS =
  /^(?:postgres(?:ql)?|mysql|mariadb|cockroachdb)(?:\+\w+)?:\/\/(?:[^@/?#\s]*@)?(\[[^\]]*\]|[\w.-]+)?[^?\s]*\?(?:[^#\s]*&)?(sslmode=disable|ssl_disabled=true|ssl-mode=DISABLED)(?:&|#|$)/i;

/** Connections to a database elsewhere for which TLS is switched off. */
export const databaseTls: ModuleDetector = {
  kind: "module",
  name: "database-tls",
  triggers: {
    roots: [
      "psycopg2",
      "psycopg",
      "aiopg",
      "psycopg_pool",
      "asyncpg",
      "mysql",
      "pymysql",
      "MySQLdb",
      "redis",
      "pymongo",
      "motor",
    ],
    words: ["sslmode"],
    literals: ["sslmode", "ssl"],
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  for (const call of facts.calls) {
    const connection = CONNECTIONS.find(
      ({ callee, keyword, off }) => call.callee.some((path) => callee.test(path)) && isSet(call, keyword, off),
    );
    const host = connection === undefined ? undefined : hostOf(call);
    if (connection === undefined || host === undefined) continue;
    const { keyword, on } = connection;
    yield { node: call.node, call, keywords: { [keyword]: on }, fields: { setting: keyword, host } };
  }
  const { syntax } = facts;
  for (const node of nodesOfKinds(syntax, [Kind.string, Kind.pair])) {
    if (syntax.kind[node] === Kind.string) yield* address(facts, node);
    else if (syntax.kind[node] === Kind.pair) yield* option(facts, node);
  }
}

function isSet(call: CallFact, keyword: string, off: readonly unknown[]): boolean {
  const constants = call.args.find((argument) => argument.keyword === keyword)?.value.constants ?? [];
  return constants.length > 0 && constants.every((constant) => off.includes(constant));
}

/** The host, in words where it is not known; undefined for one nearby, and where none is given. */
function hostOf(call: CallFact): string | undefined {
  const host =
    call.args.find(({ keyword }) => keyword === "host" || keyword === "dsn" || keyword === "conninfo") ??
    call.args.find(({ position }) => position === 0);
  if (host === undefined) return call.doubleSplat ? "the database" : undefined;
  const [constant, ...others] = host.value.constants;
  if (constant === undefined || others.length > 0) return "the database";
  const name = typeof constant === "string" ? hostIn(constant) : "";
  return name === "" || name.startsWith("/") || isLocalHost(name) ? undefined : name;
}

/** Of settings (`host=… user=…`), of an address, or the text itself. */
function hostIn(text: string): string {
  return (
    (/(?:^|\s)host=(\S+)/.exec(text) ?? /^\w[\w+.-]*:\/\/(?:[^@/\s]*@)?([\w.-]*)/.exec(text))?.[1] ??
    text.replace(/:\d+$/, "")
  );
}

function* address(facts: ModuleFacts, node: number): Generator<Detection> {
  const found = ADDRESS.exec(literalText(facts.syntax, node) ?? "");
  const host = found?.[1];
  if (found === null || host === undefined || isLocalHost(host)) return;
  yield { node, fields: { setting: found[2], host } };
}

/** `"OPTIONS": {"sslmode": "disable"}` beside a `"HOST"`, in Django's settings. */
function* option(facts: ModuleFacts, pair: number): Generator<Detection> {
  const { syntax } = facts;
  const isOff = textEntry(facts, pair, "sslmode") === "disable" || textEntry(facts, pair, "ssl_mode") === "DISABLED";
  if (!isOff) return;
  const outer = syntax.parent[syntax.parent[pair]];
  if (syntax.kind[outer] !== Kind.pair || literalText(syntax, childByField(syntax, outer, Field.key)) !== "OPTIONS")
    return;
  const host = operands(syntax, syntax.parent[outer])
    .map((entry) => textEntry(facts, entry, "HOST"))
    .find((text) => text !== undefined);
  if (host === undefined || host === "" || host.startsWith("/") || isLocalHost(host)) return;
  yield { node: pair, fields: { setting: textOf(syntax, pair), host } };
}

function textEntry({ syntax }: ModuleFacts, pair: number, key: string): string | undefined {
  if (syntax.kind[pair] !== Kind.pair) return undefined;
  if (literalText(syntax, childByField(syntax, pair, Field.key)) !== key) return undefined;
  return literalText(syntax, childByField(syntax, pair, Field.value));
}
