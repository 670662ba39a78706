import { Kind } from "../../python/kinds.ts";
import { nodesOfKind, nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { NONE } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { entryOf } from "../shared/entry-of.ts";
import { literalText } from "../shared/literal.ts";

/** Members of a policy of Google's cloud that stand for everybody. */
const EVERYBODY = new Set(["allUsers", "allAuthenticatedUsers"]);

/** Where members are named: not what a text is compared with or looked for in. */
const NAMING: ReadonlySet<number> = new Set([Kind.list, Kind.set, Kind.tuple, Kind.pair, Kind.keyword_argument]);

/** Statements and bindings of cloud policies that allow something to everybody. */
export const publicPrincipal: ModuleDetector = {
  kind: "module",
  name: "public-principal",
  triggers: { names: ["Principal", "AnyPrincipal", "StarPrincipal", ...EVERYBODY] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const call of facts.calls) if (isStatementForAll(call)) yield { node: call.node, fields: { callee: call.name } };
  for (const node of nodesOfKind(syntax, Kind.dictionary)) {
    const entry = (key: string) => entryOf(syntax, node, key);
    const isAllowed = holds(facts, entry("Effect"), "Allow") && entry("Condition") === NONE;
    const principal = entry("Principal");
    const isEverybody = holds(facts, principal, "*") || holds(facts, awsOf(facts, principal), "*");
    if (isAllowed && isEverybody) yield { node, fields: { callee: '"Principal": "*"' } };
  }
  for (const node of nodesOfKinds(syntax, [Kind.string])) {
    const text = literalText(syntax, node) ?? "";
    if (EVERYBODY.has(text) && NAMING.has(syntax.kind[syntax.parent[node]]) && isGranted(facts, node))
      yield { node, fields: { callee: text } };
  }
}

/** `PolicyStatement(principals=[AnyPrincipal()], …)` of AWS' CDK, which allows where it does not say otherwise. */
function isStatementForAll({ callee, args }: CallFact): boolean {
  if (!callee.includes("aws_cdk.aws_iam.PolicyStatement")) return false;
  const given = (name: string) => args.find(({ keyword }) => keyword === name)?.value;
  const principals = given("principals")?.elements ?? [];
  const effect = given("effect");
  const isAllowed = effect === undefined || effect.paths.includes("aws_cdk.aws_iam.Effect.ALLOW");
  return (
    isAllowed &&
    given("conditions") === undefined &&
    principals.some(({ paths }) => paths.some((path) => ALL.has(path)))
  );
}

const ALL = new Set(["aws_cdk.aws_iam.AnyPrincipal()", "aws_cdk.aws_iam.StarPrincipal()"]);

/** Within a binding: beside a role, or given to something that has members. */
function isGranted({ syntax }: ModuleFacts, node: number): boolean {
  for (let at = syntax.parent[node]; at !== 0; at = syntax.parent[at]) {
    const kind = syntax.kind[at];
    if (kind === Kind.pair || kind === Kind.keyword_argument) {
      const text = syntax.text.slice(syntax.start[at], syntax.start[node]);
      return /^["']?(?:members?|entity)["']?\s*[:=]/.test(text);
    }
    if (!NAMING.has(kind)) return false;
  }
  return false;
}

/** `{"AWS": "*"}` */
function awsOf({ syntax }: ModuleFacts, principal: number): number {
  const isDictionary = principal !== NONE && syntax.kind[principal] === Kind.dictionary;
  return isDictionary ? entryOf(syntax, principal, "AWS") : NONE;
}

/** One text, or a list that holds it. */
function holds(facts: ModuleFacts, node: number, wanted: string): boolean {
  if (node === NONE) return false;
  const { constants = [], elements = [] } = facts.value(node) ?? {};
  return (
    (constants.length > 0 && constants.every((constant) => constant === wanted)) ||
    elements.some((element) => element.constants.includes(wanted))
  );
}
