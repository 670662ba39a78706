import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { operands } from "../shared/literal.ts";

/** Data of these does not come from this program. */
const OUTSIDE: ReadonlySet<string> = new Set(["remote", "upload", "api", "queue", "file", "llm"]);

/** `model_construct(**data)` with data that the model was written to check. */
export const schemaBypass: ModuleDetector = {
  kind: "module",
  name: "schema-bypass",
  triggers: { names: ["model_construct", "construct"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  const usesPydantic = facts.imports.some(({ module }) => /^(?:pydantic|sqlmodel)\b/.test(module));
  for (const call of facts.calls) {
    const method = /\.(model_construct|construct)$/.exec(call.name)?.[1];
    if (method === undefined || (method === "construct" && !usesPydantic)) continue;
    const list = childByField(syntax, call.node, Field.arguments);
    const outside =
      list === NONE
        ? undefined
        : operands(syntax, list)
            .map((node) => passedValue(facts, node))
            .find((node) => isOutside(facts, node));
    if (outside === undefined) continue;
    const owner = ownerOf(facts, call);
    yield {
      node: call.node,
      value: childByField(syntax, call.node, Field.function),
      fields: { callee: call.name, data: textOf(syntax, outside), ...(owner === undefined ? {} : { owner }) },
    };
  }
}

/** Behind a keyword or `**` stands the value. */
function passedValue({ syntax }: ModuleFacts, argument: number): number {
  switch (syntax.kind[argument]) {
    case Kind.keyword_argument:
      return childByField(syntax, argument, Field.value);
    case Kind.dictionary_splat:
    case Kind.list_splat:
      return operands(syntax, argument)[0] ?? argument;
    default:
      return argument;
  }
}

function isOutside(facts: ModuleFacts, node: number): boolean {
  const value = facts.value(node);
  return (
    value !== undefined && !value.cleared.includes("mass-assign") && value.labels.some((label) => OUTSIDE.has(label))
  );
}

/** What validates when it is called itself: `User.model_construct(…)` becomes `User(…)`. */
function ownerOf({ syntax }: ModuleFacts, { node }: CallFact): string | undefined {
  const target = childByField(syntax, node, Field.function);
  const object = target === NONE ? NONE : childByField(syntax, target, Field.object);
  return object === NONE ? undefined : textOf(syntax, object);
}
