import { z } from "zod";
import { isUnderDebugGuard } from "../../python/debug-guard.ts";
import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import {
  ancestorOfKind,
  childByField,
  childOfKind,
  childrenByField,
  firstNamedChild,
  NONE,
  namedChildren,
  textOf,
} from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { Flow, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { operands } from "../shared/literal.ts";
import { withOptions } from "../shared/with-options.ts";

const Options = z.strictObject({
  from: z.array(z.enum(["exception", "traceback"])).min(1),
  to: z.array(z.string()).min(1),
});
type Options = z.infer<typeof Options>;

/**
 * Exceptions whose text was written for the developer. The texts of the others, `ValidationError` or a class of the
 * project, are as often meant for the sender.
 */
const INTERNAL = new Set(
  (
    "Exception BaseException RuntimeError OSError IOError EnvironmentError FileNotFoundError ConnectionError TimeoutError " +
    "ConnectionRefusedError ConnectionResetError BrokenPipeError PermissionError IsADirectoryError NotADirectoryError " +
    "IndexError ZeroDivisionError UnicodeError gaierror RequestError HTTPStatusError ImportError ModuleNotFoundError AttributeError TypeError " +
    "NameError UnicodeDecodeError UnicodeEncodeError MemoryError RecursionError SystemError AssertionError SyntaxError " +
    "DatabaseError OperationalError IntegrityError ProgrammingError InterfaceError InternalError DataError SQLAlchemyError " +
    "DBAPIError StatementError PyMongoError ServerSelectionTimeoutError RedisError PostgresError PeeweeException " +
    "ClientError BotoCoreError GoogleAPIError RequestException HTTPError URLError SSLError SSLCertVerificationError " +
    "ProxyError ConnectTimeout ReadTimeout MaxRetryError CalledProcessError SubprocessError TimeoutExpired SMTPException " +
    "LDAPException LDAPError SSHException AuthenticationException TemplateError UndefinedError KubernetesException ApiException"
  ).split(" "),
);

/** The bases of what drivers of databases raise, which have a name that says little. */
const DRIVER_ERROR =
  /^(?:sqlite3|aiosqlite|psycopg2?|pymysql|MySQLdb|mysql\.connector|asyncpg|cx_Oracle|oracledb|pyodbc|duckdb|snowflake\.connector)\.(?:\w+\.)*(?:Error|Warning)$/;

/** Attributes of an exception that say no more than its kind. */
const KINDS = new Set(["code", "status", "status_code", "errno", "name", "__class__"]);

/** Texts of exceptions, or stack traces, that reach whoever sent the request. */
export const exceptionDisclosure: ModuleDetector = {
  kind: "module",
  name: "exception-disclosure",
  ...withOptions(Options, { triggers: (options) => ({ flows: options.to }), detect }),
};

/** What an application shows its own visitors on the next page: most often on purpose, and to whoever has just done something. */
const NOTICES = /^(?:flask\.flash|django\.contrib\.messages\.\w+)$/;

function* detect(facts: ModuleFacts, { from, to }: Options): Generator<Detection> {
  const { syntax } = facts;
  for (const flow of facts.flows) {
    if (!to.includes(flow.kind) || !from.some((label) => label === flow.label)) continue;
    if (isUnderDebugGuard(syntax, flow.node)) continue;
    if (flow.label === "exception" && (!isInternal(facts, flow) || waitsOnObject(facts, flow))) continue;
    const value = tellingPart(facts, flow.argument);
    const sink = factIndex(facts).callAt.get(flow.node)?.name ?? "return";
    yield {
      node: flow.node,
      flow,
      ...(NOTICES.test(flow.sink) && { atMost: flow.label === "exception" ? "note" : "warning" }),
      ...(value !== undefined && { value }),
      fields: { sink, argument: textOf(syntax, flow.argument), caught: caughtAt(facts, flow) },
    };
  }
}

/** Functions that make a text of an exception. */
const TEXTS: ReadonlySet<string> = new Set(["str", "repr", "traceback.format_exc"]);

/** The one part of what is sent that tells of the exception: a text made of it, or the variable that holds one. */
function tellingPart(facts: ModuleFacts, argument: number): number | undefined {
  const { syntax } = facts;
  const { callAt } = factIndex(facts);
  const parts: number[] = [];
  for (let node = argument; node < syntax.next[argument]; node++) {
    const isText = callAt.get(node)?.callee.some((path) => TEXTS.has(path)) ?? isInterpolated(syntax, node);
    if (!isText || !facts.value(node)?.labels.some((label) => label === "exception" || label === "traceback")) continue;
    parts.push(node);
    node = syntax.next[node] - 1;
  }
  if (parts.length === 0 && syntax.kind[argument] === Kind.identifier) return argument;
  return parts.length === 1 ? parts[0] : undefined;
}

function isInterpolated(syntax: SyntaxArrays, node: number): boolean {
  return syntax.kind[node] === Kind.string && childOfKind(syntax, node, Kind.interpolation) !== NONE;
}

function isInternal(facts: ModuleFacts, flow: Flow): boolean {
  const types = typesOf(facts, sourceOf(facts, flow));
  const { syntax } = facts;
  const isCaught = types.some((type) => {
    const name = textOf(syntax, type);
    const isDriver = facts.value(type)?.paths.some((path) => DRIVER_ERROR.test(path)) === true;
    return isDriver || isBare(facts, type) || INTERNAL.has(name.split(".").at(-1) ?? "") || name === "500";
  });
  return isCaught && !saysOnlyKind(facts, flow);
}

/** `except:`, which catches whatever there is. */
function isBare({ syntax }: ModuleFacts, type: number): boolean {
  return syntax.kind[type] === Kind.except_clause;
}

function caughtAt(facts: ModuleFacts, flow: Flow): string {
  const [first] = typesOf(facts, sourceOf(facts, flow));
  return first === undefined || isBare(facts, first) ? "the exception" : textOf(facts.syntax, first);
}

/** Where the exception is caught; NONE in another file, whose nodes are not these. */
function sourceOf({ path }: ModuleFacts, { trace }: Flow): number {
  const [source] = trace.steps;
  return source?.path === path ? source.node : NONE;
}

/** The classes of `except (A, B) as error`, the clause itself where it has none, or those of the decorator that makes a function a handler. */
function typesOf(facts: ModuleFacts, source: number): readonly number[] {
  const { syntax } = facts;
  if (source === NONE) return [];
  const clause = ancestorOfKind(syntax, source, Kind.except_clause);
  const pattern = syntax.kind[source] === Kind.as_pattern ? source : firstNamedChild(syntax, clause);
  if (clause !== NONE || pattern === source) {
    const caught = syntax.kind[pattern] === Kind.as_pattern ? firstNamedChild(syntax, pattern) : pattern;
    if (syntax.kind[caught] === Kind.block) return [clause];
    return syntax.kind[caught] === Kind.tuple ? operands(syntax, caught) : [caught];
  }
  const handler = ancestorOfKind(syntax, source, Kind.decorated_definition);
  if (handler === NONE) return [];
  return namedChildren(syntax, handler)
    .filter((child) => syntax.kind[child] === Kind.decorator)
    .flatMap((decorator) => childrenByField(syntax, firstNamedChild(syntax, decorator), Field.arguments))
    .flatMap((list) => operands(syntax, list).slice(0, 1));
}

/** Whether all that arrives of the exception is its class or its number: `type(error).__name__`, `error.errno`. */
function saysOnlyKind(facts: ModuleFacts, { argument }: Flow): boolean {
  const { syntax } = facts;
  const uses: number[] = [];
  for (let at = argument; at < syntax.next[argument]; at++) {
    if (syntax.kind[at] === Kind.identifier && facts.value(at)?.labels.includes("exception")) uses.push(at);
  }
  return uses.length > 0 && uses.every((use) => isKind(facts, use));
}

function isKind(facts: ModuleFacts, use: number): boolean {
  const { syntax } = facts;
  const parent = syntax.parent[use];
  if (syntax.kind[parent] !== Kind.attribute || syntax.field[use] !== Field.object) return false;
  return KINDS.has(textOf(syntax, childByField(syntax, parent, Field.attribute)));
}

/** Whether the exception was put down on an object on its way: what another method takes up there is seldom its text. */
function waitsOnObject({ syntax, path }: ModuleFacts, flow: Flow): boolean {
  return flow.trace.steps.some(
    (step) =>
      step.path === path &&
      step.role === "assign" &&
      syntax.kind[childByField(syntax, step.node, Field.left)] === Kind.attribute,
  );
}
