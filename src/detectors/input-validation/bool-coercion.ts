import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";

/** A box of a form that is not ticked, a cookie or a header may be missing: that it is there at all is the answer. */
const OPTIONAL = /\.(?:form|POST|forms|values|cookies|COOKIES|headers|META)\s*(?:\.|$)|get_body_argument|get_cookie/;

/** `bool()` of a text from outside: every text but the empty one is true, `false` too. */
export const boolCoercion: ModuleDetector = {
  kind: "module",
  name: "bool-coercion",
  triggers: { labels: ["remote"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    const [argument, more] = call.args;
    if (!call.callee.includes("bool") || argument?.position !== 0 || more !== undefined) continue;
    const { value, node } = argument;
    // What is one of a few constants is harmless for every kind.
    const isWritten = value.isText && value.labels.includes("remote") && !value.cleared.includes("cookie");
    if (isOfAName(facts.syntax, node)) continue;
    if (
      !isWritten ||
      asksWhetherAny(facts.syntax, node) ||
      asksForPresence(facts, node) ||
      isCondition(facts.syntax, call)
    )
      continue;
    const text = textOf(facts.syntax, node);
    yield { node: call.node, value: call.node, fields: { text, ...replacement(facts.syntax, call, text) } };
  }
}

/** `bool(table_name)`, `bool(password)`: a name that says what is written there asks whether anything is. */
function isOfAName(syntax: SyntaxArrays, node: number): boolean {
  const name = syntax.kind[node] === Kind.identifier ? textOf(syntax, node) : "";
  return nameWords(name).some((word) => TEXTS.has(word));
}

const TEXTS: ReadonlySet<string> = new Set(
  (
    "address comment description email error file filename host id key login message name password path query reason " +
    "search secret table text title token url user username word"
  ).split(" "),
);

/** `bool(name or mail)`, `bool("".join(parts))`: whether there is anything at all. */
function asksWhetherAny(syntax: SyntaxArrays, node: number): boolean {
  if (syntax.kind[node] === Kind.boolean_operator)
    return !/^(?:False|None|0|["']["'])$/.test(textOf(syntax, childByField(syntax, node, Field.right)));
  const callee = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : NONE;
  return callee !== NONE && /\.join$/.test(textOf(syntax, callee));
}

/** What may be missing, read without a default. */
function asksForPresence(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  const read = syntax.kind[node] === Kind.identifier ? assignedTo(facts, node) : node;
  if (syntax.kind[read] !== Kind.call) return false;
  const call = factIndex(facts).callAt.get(read);
  return call !== undefined && call.args.length < 2 && OPTIONAL.test(call.name);
}

function assignedTo(facts: ModuleFacts, name: number): number {
  const before = factIndex(facts)
    .assignmentsTo(facts.scopeOf(name), textOf(facts.syntax, name))
    .filter((fact) => facts.syntax.next[fact.node] <= name);
  return before.length === 1 ? before[0].value : name;
}

/** `if bool(x):` asks whether there is a text. */
function isCondition(syntax: SyntaxArrays, { node }: CallFact): boolean {
  const parent = syntax.parent[node];
  return (
    syntax.field[node] === Field.condition ||
    syntax.kind[parent] === Kind.not_operator ||
    syntax.kind[parent] === Kind.boolean_operator
  );
}

/** A comparison stands without parentheses only where nothing else can bind to its parts. */
function replacement(syntax: SyntaxArrays, { node }: CallFact, text: string): Record<string, string> {
  const parent = syntax.kind[syntax.parent[node]];
  const isAlone =
    parent === Kind.assignment ||
    parent === Kind.return_statement ||
    parent === Kind.keyword_argument ||
    parent === Kind.argument_list ||
    parent === Kind.pair;
  const argument = childByField(syntax, node, Field.arguments);
  const inner = argument === NONE ? NONE : argument + 2;
  const isPlain =
    inner !== NONE &&
    [Kind.identifier, Kind.attribute, Kind.subscript, Kind.call].includes(syntax.kind[inner] as never);
  return isAlone && isPlain ? { comparison: `${text} in ("1", "true", "yes", "on")` } : {};
}
