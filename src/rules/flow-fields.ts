import { Field, Kind } from "../python/kinds.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { childByField, textOf } from "../python/walk.ts";
import type { Flow, ModuleFacts, TraceStep } from "../taint/facts.ts";
import { callAt } from "./indexed-facts.ts";

/**
 * The fields that a flow gives to a message: `{source}` and `{sink}` as they are written, `{from}` where the source's data comes
 * from, `{argument}` the expression that arrives.
 */
export function flowFields(facts: ModuleFacts, flow: Flow): Record<string, string> {
  const { syntax } = facts;
  const [source] = flow.trace.steps;
  const call = callAt(facts, flow.node);
  return {
    source: sourceOf(source, flow, syntax),
    from: FROM.exec(source.note)?.[1] ?? "outside",
    sink: call?.name ?? textOf(syntax, flow.node),
    argument: textOf(syntax, flow.argument),
  };
}

/** The end of a source's note: "is read from the query string", "comes from the request". */
const FROM = /(?:is read|comes) from ([^`]+)$/;

/** Longer expressions are told by the part that is the source. */
const LONGEST = 60;

function sourceOf(source: TraceStep, flow: Flow, syntax: SyntaxArrays): string {
  const written = /^`([^`]*)`/.exec(source.note)?.[1] ?? "a value";
  if (PARAMETERS.has(syntax.kind[source.node])) return written;
  if (source.path !== flow.trace.steps.at(-1)?.path || !textOf(syntax, source.node).startsWith(written)) return written;
  const whole = textOf(syntax, readOf(syntax, source.node));
  return whole.length <= LONGEST && !/[`\n]/.test(whole) ? whole : written;
}

/** Parameters with more than a name: `limit: Annotated[int, Query()] = 20` is `limit` for whoever reads of it. */
const PARAMETERS: ReadonlySet<number> = new Set([
  Kind.typed_parameter,
  Kind.typed_default_parameter,
  Kind.default_parameter,
]);

/** What is read of a source that is a mapping: `request.args["name"]`, `request.args.get("name")`. */
function readOf(syntax: SyntaxArrays, node: number): number {
  const above = syntax.parent[node];
  if (syntax.kind[above] === Kind.subscript && childByField(syntax, above, Field.value) === node) return above;
  const call = syntax.parent[above];
  const isMethod = syntax.kind[above] === Kind.attribute && childByField(syntax, above, Field.object) === node;
  const isCalled = syntax.kind[call] === Kind.call && childByField(syntax, call, Field.function) === above;
  return isMethod && isCalled ? call : node;
}
