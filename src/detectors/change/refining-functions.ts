import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, firstNamedChild, NONE } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { calledName } from "./conditions.ts";
import { bodyOf } from "./guards.ts";

/** What makes nothing but another value of what it is given, by the last part of its name. */
const PURE = new RegExp(
  `^(?:${[
    "str|bytes|int|float|len|repr|ord|any|all|set|frozenset|list|tuple|sorted|isinstance|hasattr|bool|Decimal|UUID",
    "strip|lstrip|rstrip|lower|upper|casefold|split|rsplit|splitlines|partition|rpartition|replace|encode|decode|format|join",
    "startswith|endswith|removeprefix|removesuffix|isalnum|isalpha|isascii|isdigit|isdecimal|isidentifier|isprintable|get",
    "match|fullmatch|search|group|sub|realpath|abspath|normpath|basename|dirname|splitext|commonpath|isabs|resolve|absolute",
    "relative_to|is_relative_to|is_absolute|Path|PurePath|PurePosixPath|urlparse|urlsplit|urlunsplit|unquote|quote",
    "ip_address|ip_network|getaddrinfo|gethostbyname|parseaddr|normalize",
  ].join("|")})$`,
);

const DOES_MORE: ReadonlySet<number> = new Set([
  Kind.yield,
  Kind.delete_statement,
  Kind.global_statement,
  Kind.with_statement,
  Kind.await,
]);

/** Calls that tell where a path, an address or a host leads, by the last part of their names. */
const TELLS_PLACE =
  /^(?:is_relative_to|relative_to|commonpath|realpath|resolve|urlparse|urlsplit|getaddrinfo|gethostbyname|ip_address)$/;

/** A function that gives back what it is given, or what is made of it, and raises an exception where it will not do. */
export interface RefiningFunction {
  /** It looks at where a path, an address or a host leads. */
  readonly tellsPlace: boolean;
}

/** The functions and methods of the file that refine, by their names as calls are written: `check_url`, `self._inside`. */
export function refiningFunctions(facts: ModuleFacts): ReadonlyMap<string, RefiningFunction> {
  const found = new Map<string, RefiningFunction>();
  const known = Map.groupBy(facts.definitions, ({ name }) => name);
  for (const definition of facts.definitions) {
    const { kind, name, qualifiedName } = definition;
    if (kind !== "function" || definition.decorators.length > 0 || (known.get(name)?.length ?? 0) > 1) continue;
    const owner = qualifiedName.slice(0, -name.length - 1);
    const isMethod = factIndex(facts).classNamed(owner) !== undefined;
    if (!isMethod && qualifiedName !== name) continue;
    const body = bodyOf(facts, definition);
    if (refines(facts, body)) found.set(isMethod ? `self.${name}` : name, { tellsPlace: tellsPlace(facts, body) });
  }
  return found;
}

function refines({ syntax }: ModuleFacts, body: number): boolean {
  let refuses = false;
  let gives = false;
  for (let at = body; body !== NONE && at < syntax.next[body]; at++) {
    const kind = syntax.kind[at];
    if (DOES_MORE.has(kind) || (kind === Kind.call && !isPure(syntax, at, body))) return false;
    if (kind === Kind.assignment && syntax.kind[childByField(syntax, at, Field.left)] === Kind.attribute) return false;
    if (kind === Kind.return_statement) gives ||= firstNamedChild(syntax, at) !== NONE;
    if (kind === Kind.raise_statement)
      refuses ||= ancestorOfKind(syntax, at, Kind.if_statement, Kind.function_definition) > body;
  }
  return refuses && gives;
}

function tellsPlace({ syntax }: ModuleFacts, body: number): boolean {
  for (let at = body; at < syntax.next[body]; at++)
    if (syntax.kind[at] === Kind.call && TELLS_PLACE.test(calledName(syntax, at))) return true;
  return false;
}

/** An exception that is made for a `raise` does nothing either. */
function isPure(syntax: SyntaxArrays, call: number, body: number): boolean {
  return (
    PURE.test(calledName(syntax, call)) ||
    ancestorOfKind(syntax, call, Kind.raise_statement, Kind.function_definition) > body
  );
}
