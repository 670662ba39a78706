import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { oncePerText } from "../../text/once-per-text.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isGuardName } from "../shared/guard-names.ts";
import { BEFORE_REQUEST } from "../shared/request-hooks.ts";
import { decoratorName, dependencyGuards, type Guard, guardsOf, partOf } from "./guards.ts";

/** A check for all routes of an application or router. */
export interface SharedGuard extends Guard {
  /** The application or router, as it is written. */
  readonly target: string;
  /** Asked for where a router is made, and so for nothing but its own routes. */
  readonly isOfRouter: boolean;
}

/** `APIRouter(dependencies=…)`, `include_router(…, dependencies=…)`, `@app.before_request`, `app.before_request(require_login)`. */
export const sharedGuards = oncePer((facts: ModuleFacts): readonly SharedGuard[] => {
  const { syntax } = facts;
  const asked = facts.calls.flatMap((call) => {
    const dependencies = call.args.find(({ keyword }) => keyword === "dependencies");
    const isForAll = /(?:Router|FastAPI|include_router)$/.test(call.name);
    if (dependencies === undefined || !isForAll) return [];
    const router = call.args.find(({ position }) => position === 0)?.node;
    const target = /include_router$/.test(call.name) && router !== undefined ? textOf(syntax, router) : undefined;
    return dependencyGuards(textOf(syntax, dependencies.node)).map((name) => {
      const isOfRouter = /Router$/.test(call.name);
      return { name, node: call.node, target: target ?? assignedName(facts, call.node), isOfRouter };
    });
  });
  const hooks = facts.definitions.flatMap(({ decorators, name, node }) =>
    decorators
      .filter(
        (decorator) =>
          BEFORE_REQUEST.test(decorator.name) &&
          (isGuardName(name) || asks(facts, node, decorators)) &&
          canRefuse(facts, node),
      )
      .map((decorator) => ({
        name,
        node,
        target: decorator.name.replace(/^@/, "").split(".")[0] ?? "",
        isOfRouter: false,
      })),
  );
  const registered = facts.calls.flatMap(({ name, args, node }) => {
    const asks = BEFORE_REQUEST.test(name) ? lastPart(textOf(syntax, args[0]?.node ?? node)) : "";
    return isGuardName(asks) ? [{ name: asks, node, target: name.split(".")[0] ?? "", isOfRouter: false }] : [];
  });
  return [...asked, ...hooks, ...registered];
});

/** Whether a hook asks who is there, itself or by another decorator. */
function asks(facts: ModuleFacts, node: number, decorators: DefinitionFact["decorators"]): boolean {
  const named = decorators.map(({ name }) => lastPart(decoratorName(name)));
  return ASKS.test(textOf(facts.syntax, node)) || named.some(isGuardName);
}

/** Whether a hook may answer in place of the view: one that loads who asks, and returns nothing, lets everyone pass. */
function canRefuse({ syntax }: ModuleFacts, hook: number): boolean {
  for (let node = hook; node < syntax.next[hook]; node++) {
    const kind = syntax.kind[node];
    if (kind === Kind.raise_statement) return true;
    if (kind === Kind.return_statement) {
      const [value] = namedChildren(syntax, node);
      if (value !== undefined && syntax.kind[value] !== Kind.none) return true;
    }
    if (kind !== Kind.call) continue;
    const called = lastPart(textOf(syntax, childByField(syntax, node, Field.function)));
    if (REFUSES.test(called) || isGuardName(called)) return true;
  }
  return false;
}

/** The checks of the classes around a function and of those they build on in this file. */
export function guardsAround(facts: ModuleFacts, name: string): readonly Guard[] {
  return knownGuardsAround(facts)(name);
}

const knownGuardsAround = oncePer((facts: ModuleFacts) => oncePerText((name) => findGuardsAround(facts, name)));

function findGuardsAround(facts: ModuleFacts, name: string): readonly Guard[] {
  const outer = name.split(".").slice(0, -1).join(".");
  const inherited = basesOf(facts, name).flatMap((base) => inheritedGuards(facts, base, 0));
  if (outer === "") return inherited;
  const around = [outer, ...ENTRANCES.map((entrance) => `${outer}.${entrance}`)]
    .flatMap((one) => factIndex(facts).definedAs(one))
    .sort((a, b) => a.node - b.node);
  return [...inherited, ...around.flatMap((one) => guardsOf(facts, one)), ...guardsAround(facts, outer)];
}

/** The bases of a class as they are written. */
export function basesOf(facts: ModuleFacts, name: string): readonly string[] {
  return basesByName(facts)(name);
}

const basesByName = oncePer((facts: ModuleFacts) =>
  oncePerText((name) =>
    factIndex(facts)
      .definedAs(name)
      .filter(({ kind }) => kind === "class")
      .flatMap(({ bases }) => bases.map(({ node }) => textOf(facts.syntax, node))),
  ),
);

/** How often a piece of code asks who is there, and turns away who may not. */
export function countOfQuestions(code: string): number {
  return [...code.matchAll(new RegExp(ASKS, "gi"))].length;
}

/** The name's own span: what is said of a whole function is said on its first line. */
export function nameNode(facts: ModuleFacts, definition: DefinitionFact): number {
  const name = partOf(facts, definition, Field.name);
  return name === NONE ? definition.node : name;
}

/** Methods that every request of a class goes through. */
const ENTRANCES = ["dispatch", "get_permissions", "prepare", "initial", "initialize_request"];

/** Calls that do not return where they say no. */
const REFUSES = /abort|deny|forbid|reject|refuse|^(?:require|ensure|enforce|assert|verify|check|authoriz|authenticat)/i;

const ASKS =
  /current_user|get_jwt_identity|verify_|authenticate|authorize|\.user\b|session\[|check_|signature|hmac|api_key|permission|forbidden|unauthorized|\b40[13]\b/i;

/** Bases of bases; a class that is its own base ends the search. */
const MAX_DEPTH = 5;

function inheritedGuards(facts: ModuleFacts, base: string, depth: number): readonly Guard[] {
  const own = factIndex(facts)
    .definedAs(base)
    .filter(({ kind }) => kind === "class");
  const further =
    depth >= MAX_DEPTH ? [] : basesOf(facts, base).flatMap((one) => inheritedGuards(facts, one, depth + 1));
  return [...own.flatMap((one) => guardsOf(facts, one)), ...further];
}

function assignedName({ syntax }: ModuleFacts, call: number): string {
  const above = syntax.parent[call];
  const isAssigned = syntax.kind[above] === Kind.assignment;
  const target = isAssigned ? childByField(syntax, above, Field.left) : childByField(syntax, call, Field.function);
  return target === NONE ? "" : lastPart(textOf(syntax, target));
}
