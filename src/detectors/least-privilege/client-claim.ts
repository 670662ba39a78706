import { comparisonParts } from "../../python/comparison-parts.ts";
import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { checkOutcome } from "../shared/check-outcome.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, unwrap } from "../shared/literal.ts";

/** What a key says of whoever sends it. */
const CLAIM =
  /^(?:x[-_])?(?:user[-_])?(?:role|roles|is[-_]?admin|admin|is[-_]?staff|is[-_]?superuser|superuser|user[-_]?type|access[-_]?level|privileges?|is[-_]?authenticated|authenticated|logged[-_]?in|is[-_]?logged[-_]?in)$/i;

/** What a header says of the request as a whole, that it need not be looked at. */
const OF_REQUEST =
  /^(?:x[-_])?(?:(?:is[-_]?)?internal(?:[-_](?:request|call|service|user|access))?|(?:is[-_]?)?trusted|(?:skip|no|bypass)[-_]?(?:auth\w*|checks?|verification))$/i;

/** Headers that say where a request comes from, and that anybody can send. */
const ADDRESS =
  /^(?:x-forwarded-for|x-real-ip|x-client-ip|client-ip|true-client-ip|x-originating-ip|forwarded|HTTP_X_FORWARDED_FOR|HTTP_X_REAL_IP)$/i;

/** Claims that stand for rights, whatever else a field of a form may choose between. */
const RIGHTS = /^(?:admin|administrator|superuser|root|staff|true|yes|1)$/i;

const COOKIES_AND_HEADERS = /(?:^|\.)(?:cookies|COOKIES|headers|META)$/;
const FIELDS = /(?:^|\.)(?:request|req)\.(?:form|args|values|json|POST|GET|query_params|data)$/;

/** Decisions on rights that rest on what the request says of its own sender. */
export const clientClaim: ModuleDetector = {
  kind: "module",
  name: "client-claim",
  triggers: {
    names: ["cookies", "COOKIES", "headers", "META", "form", "args", "values", "json", "POST", "GET"],
    and: { labels: ["remote"] },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.comparison_operator)) {
    const { operands, operators } = comparisonParts(syntax, node);
    const [left, right] = operands;
    const [operator = ""] = operators;
    if (left === undefined || right === undefined || operators.length > 1) continue;
    const claim = claimOf(facts, left) ?? (/^[!=]=$/.test(operator) ? claimOf(facts, right) : undefined);
    if (claim === undefined || !decides(facts, node, operator, claim, operands)) continue;
    yield { node, fields: { claim: brief(textOf(syntax, claim.node)) } };
  }
  yield* byBeginning(facts);
  yield* byCookie(facts);
}

/** `User.query.get(request.cookies["user_id"])`: whoever the cookie says. */
function* byCookie(facts: ModuleFacts): Generator<Detection> {
  for (const { name, args } of facts.calls) {
    if (!LOOK_UP.test(name)) continue;
    for (const { node } of args) {
      const claim = claimOf(facts, node, IDENTITY);
      if (claim?.of === "rights" && !claim.isField && /cookies$/i.test(claim.owner))
        yield { node, fields: { claim: brief(textOf(facts.syntax, claim.node)) } };
    }
  }
}

/** Functions that give the record of an account. */
const LOOK_UP =
  /(?:\b(?:User|Account|Member|Customer|Profile|Employee|Admin)s?\.(?:query|objects)\.(?:get|get_or_404|filter|filter_by)|\.get_object_or_404|(?:^|\.)(?:load|get|find)_(?:user|account|member)(?:_by_\w+)?)$/;

/** What a key says of who the sender is. */
const IDENTITY = /^(?:user(?:[-_]?(?:id|name))?|uid|account(?:[-_]?id)?|member[-_]?id|login|email)$/i;

/** `request.headers["X-Real-IP"].startswith("10.")`: an address of one's own, by the header's word. */
function* byBeginning(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const { node, name, args } of facts.calls) {
    const [first] = args;
    if (!name.endsWith(".startswith") || first === undefined) continue;
    const object = childByField(syntax, childByField(syntax, node, Field.function), Field.object);
    const claim = object === NONE ? undefined : claimOf(facts, object);
    if (claim?.of !== "address" || !/^\(?["']\d/.test(textOf(syntax, first.node))) continue;
    const { whenTrue } = checkOutcome(syntax, node);
    if (whenTrue !== "refuses") yield { node, fields: { claim: brief(textOf(syntax, claim.node)) } };
  }
}

interface Claim {
  readonly node: number;
  readonly of: "rights" | "request" | "address";
  readonly isField: boolean;
  readonly owner: string;
}

/** `request.cookies.get("role")`, `request.headers["X-Role"]`, or a name that was given one. */
function claimOf(facts: ModuleFacts, expression: number, claims: RegExp = CLAIM): Claim | undefined {
  const { syntax } = facts;
  const given = beneathForms(facts, unwrap(syntax, expression));
  const node = beneathForms(facts, madeOnce(facts, given));
  const read = readKey(facts, node);
  if (read === undefined) return undefined;
  const isField = FIELDS.test(read.owner);
  if (!isField && !COOKIES_AND_HEADERS.test(read.owner)) return undefined;
  if (!(facts.value(node)?.labels.includes("remote") ?? false)) return undefined;
  const { owner } = read;
  if (claims.test(read.key)) return { node, of: "rights", isField, owner };
  if (!isField && OF_REQUEST.test(read.key)) return { node, of: "request", isField, owner };
  return !isField && ADDRESS.test(read.key) ? { node, of: "address", isField, owner } : undefined;
}

/** What the only assignment gives a name; anything else as it is. */
function madeOnce(facts: ModuleFacts, node: number): number {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.identifier) return node;
  const [made, ...others] = factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, node));
  return made === undefined || others.length > 0 ? node : unwrap(syntax, made.value);
}

/** Ways in which a value is written otherwise, one inside the other. */
const MAX_FORMS = 5;

/** What is read, without what changes its form: `ip_address(request.headers["X-Forwarded-For"].split(",")[0].strip())`. */
function beneathForms(facts: ModuleFacts, expression: number): number {
  const { syntax } = facts;
  let node = expression;
  for (let round = 0; round < MAX_FORMS; round++) {
    // The last of several addresses is the one that the nearest proxy saw itself.
    const isFirst =
      syntax.kind[node] === Kind.subscript && textOf(syntax, childByField(syntax, node, Field.subscript)) === "0";
    const of = isFirst ? unwrap(syntax, childByField(syntax, node, Field.value)) : node;
    const changed = factIndex(facts).callAt.get(of);
    const [given] = changed?.args ?? [];
    if (changed !== undefined && /\.(?:lower|strip|upper|split|partition)$/.test(changed.name))
      node = unwrap(syntax, childByField(syntax, childByField(syntax, of, Field.function), Field.object));
    else if (given !== undefined && (changed?.callee.some((path) => ADDRESSES.test(path)) ?? false))
      node = unwrap(syntax, given.node);
    else return node;
  }
  return node;
}

const ADDRESSES = /^(?:ipaddress\.(?:ip_address|IPv4Address|IPv6Address)|netaddr\.IPAddress|IPy\.IP)$/;

function readKey(facts: ModuleFacts, node: number): { readonly owner: string; readonly key: string } | undefined {
  const { syntax } = facts;
  if (syntax.kind[node] === Kind.subscript) {
    const key = literalText(syntax, childByField(syntax, node, Field.subscript));
    return key === undefined ? undefined : { owner: textOf(syntax, childByField(syntax, node, Field.value)), key };
  }
  const call = factIndex(facts).callAt.get(node);
  const [first] = call?.args ?? [];
  const key = first === undefined ? undefined : literalText(syntax, first.node);
  return call !== undefined && key !== undefined && call.name.endsWith(".get")
    ? { owner: call.name.slice(0, -4), key }
    : undefined;
}

/** The answer lets somebody through: not where it turns away who claims to be something. */
function decides(
  facts: ModuleFacts,
  node: number,
  operator: string,
  { of, isField }: Claim,
  operands: readonly number[],
): boolean {
  const { syntax } = facts;
  if (ancestorOfKind(syntax, node, Kind.assert_statement) !== NONE) return false;
  const { whenTrue, whenFalse } = checkOutcome(syntax, node);
  const isEqual = operator === "==" || operator === "in";
  if (!isEqual && operator !== "!=" && operator !== "not in") return false;
  if ((isEqual ? whenTrue : whenFalse) === "refuses") return false;
  const constants = operands.flatMap((operand) => facts.value(operand)?.constants ?? []);
  if (of === "address") return operator.endsWith("in") || constants.length > 0;
  if (operator.endsWith("in")) return !isField && !isEqual && whenTrue === "refuses";
  if (isField || of === "request") return constants.some((constant) => RIGHTS.test(String(constant)));
  return constants.length > 0;
}
