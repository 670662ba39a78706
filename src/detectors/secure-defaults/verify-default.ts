import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { defaultOf } from "../shared/default-of.ts";
import { isOffWhenUnset } from "../shared/environment-switch.ts";
import { factIndex } from "../shared/fact-index.ts";
import { operands, unwrap } from "../shared/literal.ts";

/** Libraries that speak TLS, by their first names, and the keywords by which they are told to check a certificate. */
const CLIENTS =
  /^(?:requests|httpx|niquests|aiohttp|curl_cffi|boto3|botocore|hvac|consul|elasticsearch|opensearchpy|gitlab|influxdb|influxdb_client|proxmoxer|tornado|zeep|clickhouse_connect)\b/;
const KEYWORDS = ["verify", "verify_ssl", "ssl_verify", "verify_certs", "ssl", "validate_cert"];

/** Where a switch gets its value, and how a reader is told of it. */
interface Switch {
  readonly name: string;
  readonly isOn: boolean;
}

/** Connections that check certificates only where somebody asks for it: by a parameter or a variable of the environment. */
export const verifyDefault: ModuleDetector = {
  kind: "module",
  name: "verify-default",
  triggers: { keywords: KEYWORDS },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    if (!call.callee.some((path) => CLIENTS.test(path))) continue;
    const argument = call.args.find(({ keyword }) => keyword !== undefined && KEYWORDS.includes(keyword));
    if (argument === undefined || argument.value.constancy === "constant") continue;
    const given = switchOf(facts, argument.node, 2);
    if (given?.isOn === false) yield { node: call.node, fields: { callee: call.name, name: given.name } };
  }
}

/** What an expression is where nobody says anything; undefined where that cannot be told. */
function switchOf(facts: ModuleFacts, expression: number, left: number): Switch | undefined {
  const { syntax } = facts;
  const node = unwrap(syntax, expression);
  if (syntax.kind[node] === Kind.not_operator) {
    const inner = switchOf(facts, childByField(syntax, node, Field.argument), left);
    return inner && { ...inner, isOn: !inner.isOn };
  }
  const parameter = defaultOf(facts, node);
  if (parameter !== undefined) return literalSwitch(facts, parameter, textOf(syntax, node));
  const reader = readerIn(facts, node);
  if (reader !== undefined) {
    const name = String(reader.args[0]?.value.constants[0] ?? textOf(syntax, node));
    return isOffWhenUnset(facts, reader) ? { name, isOn: false } : undefined;
  }
  if (left === 0 || (syntax.kind[node] !== Kind.identifier && syntax.kind[node] !== Kind.attribute)) return undefined;
  const [made, ...others] = assignedTo(facts, node);
  return made === undefined || others.length > 0 ? undefined : switchOf(facts, made, left - 1);
}

function literalSwitch({ syntax }: ModuleFacts, node: number, name: string): Switch | undefined {
  if (syntax.kind[node] === Kind.false) return { name, isOn: false };
  return syntax.kind[node] === Kind.true ? { name, isOn: true } : undefined;
}

/** `os.getenv("VERIFY", "false").lower() == "true"`: the call that reads, within what only looks at its result. */
function readerIn(facts: ModuleFacts, node: number): CallFact | undefined {
  const { syntax } = facts;
  const { callAt } = factIndex(facts);
  let at = unwrap(syntax, node);
  while (true) {
    const call = callAt.get(at);
    const callee = syntax.kind[at] === Kind.call ? childByField(syntax, at, Field.function) : undefined;
    if (syntax.kind[at] === Kind.comparison_operator) at = operands(syntax, at)[0] ?? 0;
    else if (callee !== undefined && /\.(?:lower|upper|strip)$/.test(call?.name ?? ""))
      at = childByField(syntax, callee, Field.object);
    else return call;
  }
}

/** What a name, or an attribute of the same class, is given. */
function assignedTo(facts: ModuleFacts, node: number): readonly number[] {
  const { syntax } = facts;
  const name = textOf(syntax, node);
  const scope = facts.scopeOf(node);
  const owner = scope.slice(0, scope.lastIndexOf(".") + 1);
  const isAttribute = name.startsWith("self.");
  return facts.assignments
    .filter((fact) => fact.name === name)
    .filter(({ node: at }) => {
      const where = facts.scopeOf(at);
      return isAttribute ? owner !== "" && where.startsWith(owner) : where === scope || where === "";
    })
    .map(({ value }) => value);
}
