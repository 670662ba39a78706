import { Field } from "../../python/kinds.ts";
import { parametersOf } from "../../python/scopes.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";

const ROUTES = /^fastapi\.(?:FastAPI|APIRouter|routing\.APIRouter)\(\)\.(?:post|put|patch|api_route)/;
/** Types that let every body through. */
const ANYTHING =
  /^(?:typing\.)?(?:dict|Dict|Mapping|MutableMapping|Any|object)$|^(?:typing\.)?(?:dict|Dict|Mapping|MutableMapping)\[(?:str|Any)\s*,\s*(?:typing\.)?(?:Any|object)\]$/;
const LIST = /^(?:typing\.)?(?:list|List|Sequence)\[(.*)\]$/s;
/** Parameters that do not come from the body. */
const ELSEWHERE = /\b(?:Depends|Security|Query|Path|Header|Cookie|Form|File)\(/;

/** Routes whose body has no shape: the framework checks nothing of it. */
export const untypedBody: ModuleDetector = {
  kind: "module",
  name: "untyped-body",
  triggers: { isRoute: true },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const definition of facts.definitions) {
    if (!takesBody(definition)) continue;
    for (const { name, node, annotation, fallback } of parametersOf(
      syntax,
      childByField(syntax, definition.node, Field.parameters),
    )) {
      const type = annotation === NONE ? "" : textOf(syntax, annotation).replace(/\s+/g, " ");
      const given = fallback === NONE ? "" : textOf(syntax, fallback);
      if (!isAnything(type, given) || ELSEWHERE.test(type) || ELSEWHERE.test(given)) continue;
      yield { node, fields: { parameter: name, type, route: definition.name } };
    }
  }
}

function takesBody({ isRoute, decorators }: DefinitionFact): boolean {
  return isRoute && decorators.some(({ paths }) => paths.some((path) => ROUTES.test(path)));
}

function isAnything(type: string, given: string): boolean {
  const annotated = /^(?:typing\.)?Annotated\[(.*?),\s*(?:fastapi\.)?Body\(/s.exec(type)?.[1];
  const plain = (annotated ?? type).replace(/\s*\|\s*None$|^Optional\[(.*)\]$/s, "$1");
  const item = LIST.exec(plain)?.[1] ?? plain;
  // A bare `Any` may be anything of the request; only `Body()` says that it is the body.
  if (/Any$|object$/.test(item) && !item.includes("[")) return annotated !== undefined || /\bBody\(/.test(given);
  return ANYTHING.test(item.trim());
}
