import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { operands } from "../shared/literal.ts";

/** Libraries whose business is the shape of data. */
const SCHEMAS =
  /^(?:pydantic|marshmallow|rest_framework|jsonschema|cerberus|voluptuous|msgspec|apispec|webargs|flask_smorest|flask_pydantic|attrs|cattrs|sqlmodel)\b/;
const BODY =
  /^(?:flask\.)?(?:self\.)?request\.(?:get_json\(|json\b)|^await\s+request\.json\(\)|^json\.loads\(\s*(?:self\.)?request\.(?:body|data|get_data\()/;

/** Handlers that read fields of a JSON body, in a file that checks bodies with a schema elsewhere. */
export const rawBody: ModuleDetector = {
  kind: "module",
  name: "raw-body",
  triggers: { isRoute: true },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (!facts.imports.some(({ module }) => SCHEMAS.test(module))) return;
  for (const definition of facts.definitions) {
    if (definition.kind !== "function" || !definition.isRoute) continue;
    const read = firstRawRead(facts, definition);
    if (read === undefined) continue;
    yield { node: read.node, fields: { field: read.field, route: definition.name } };
  }
}

interface RawRead {
  readonly node: number;
  readonly field: string;
}

/** The first field that is taken out of the body; undefined where the body is handed to somebody as a whole. */
function firstRawRead(facts: ModuleFacts, { node: from }: DefinitionFact): RawRead | undefined {
  const { syntax } = facts;
  const names = new Set<string>();
  let first: RawRead | undefined;
  for (let node = from; node < syntax.next[from]; node++) {
    const kind = syntax.kind[node];
    const isBody = isBodyOf(syntax, node) && !isBodyOf(syntax, syntax.parent[node]);
    if (kind === Kind.assignment && isBodyOf(syntax, childByField(syntax, node, Field.right))) {
      names.add(textOf(syntax, childByField(syntax, node, Field.left)));
      continue;
    }
    const isName = kind === Kind.identifier && names.has(textOf(syntax, node));
    if (!isBody && !isName) continue;
    const use = useOf(syntax, node);
    if (use === "whole") return undefined;
    if (use !== undefined) first ??= use;
  }
  return first;
}

function isBodyOf(syntax: SyntaxArrays, node: number): boolean {
  if (node === NONE || node === 0) return false;
  const kind = syntax.kind[node];
  if (kind !== Kind.call && kind !== Kind.attribute && kind !== Kind.await) return false;
  return (
    BODY.test(textOf(syntax, node)) &&
    /(?:\)|json)$/.test(textOf(syntax, node)) &&
    !/\)\s*[.[]/.test(textOf(syntax, node))
  );
}

/** What happens to the body here: a field is read, or all of it goes somewhere. */
function useOf(syntax: SyntaxArrays, node: number): RawRead | "whole" | undefined {
  const parent = syntax.parent[node];
  switch (syntax.kind[parent]) {
    case Kind.subscript:
      return syntax.field[node] === Field.value ? { node: parent, field: textOf(syntax, parent) } : undefined;
    case Kind.attribute: {
      const method = textOf(syntax, childByField(syntax, parent, Field.attribute));
      const call = syntax.parent[parent];
      if (syntax.kind[call] !== Kind.call || childByField(syntax, parent, Field.object) !== node) return undefined;
      const [key] = operands(syntax, childByField(syntax, call, Field.arguments));
      return method === "get" && key !== undefined ? { node: call, field: textOf(syntax, call) } : undefined;
    }
    case Kind.argument_list:
    case Kind.keyword_argument:
    case Kind.dictionary_splat:
      return "whole";
    default:
      return undefined;
  }
}
