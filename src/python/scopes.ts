import { oncePer } from "../text/once-per.ts";
import { Field, Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { childByField, NONE, namedChildren, textOf } from "./walk.ts";

/** The names that a function, class, lambda or module binds itself, without those of the scopes inside it. */
export interface Scope {
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  readonly isGenerator: boolean;
}

export interface Parameter {
  readonly node: number;
  readonly name: string;
  readonly kind: "positional" | "keyword-only" | "rest" | "keywords";
  /** The default's node, or NONE. */
  readonly fallback: number;
  /** The annotation's expression, or NONE. */
  readonly annotation: number;
}

const scopesBySyntax = oncePer((_: SyntaxArrays) => new Map<number, Scope>());

/** The scope of a module, body or lambda; found once, as long as its syntax is kept. */
export function scopeOf(syntax: SyntaxArrays, owner: number): Scope {
  const known = scopesBySyntax(syntax);
  const scope = known.get(owner) ?? findScope(syntax, owner);
  known.set(owner, scope);
  return scope;
}

function findScope(syntax: SyntaxArrays, owner: number): Scope {
  const locals = new Set<string>();
  const { globals, nonlocals, isGenerator } = addBindings(syntax, owner, locals);
  for (const name of globals) locals.delete(name);
  for (const name of nonlocals) locals.delete(name);
  return { locals, globals, nonlocals, isGenerator };
}

/** Takes names one by one, each as often as it is bound. */
interface Names {
  add(name: string): unknown;
}

/** One pass over the nodes of the scope; scopes inside are skipped, comprehensions bind their own names. */
export function addBindings(syntax: SyntaxArrays, owner: number, locals: Names): Omit<Scope, "locals"> {
  const globals = new Set<string>();
  const nonlocals = new Set<string>();
  let isGenerator = false;
  const end = syntax.next[owner];
  let at = owner + 1;
  while (at < end) {
    switch (syntax.kind[at]) {
      case Kind.function_definition:
      case Kind.class_definition:
        locals.add(textOf(syntax, childByField(syntax, at, Field.name)));
        at = syntax.next[at];
        continue;
      case Kind.lambda:
        at = syntax.next[at];
        continue;
      case Kind.assignment:
      case Kind.augmented_assignment:
      case Kind.for_statement:
        addTargets(syntax, childByField(syntax, at, Field.left), locals);
        break;
      case Kind.named_expression:
        locals.add(textOf(syntax, childByField(syntax, at, Field.name)));
        break;
      case Kind.as_pattern_target:
        addTargets(syntax, at, locals);
        break;
      case Kind.case_pattern:
        addCaptures(syntax, at, locals);
        break;
      case Kind.import_statement:
      case Kind.import_from_statement:
        for (const { bound } of importsOf(syntax, at)) if (bound !== "*") locals.add(bound);
        break;
      case Kind.global_statement:
        for (const name of namedChildren(syntax, at)) globals.add(textOf(syntax, name));
        break;
      case Kind.nonlocal_statement:
        for (const name of namedChildren(syntax, at)) nonlocals.add(textOf(syntax, name));
        break;
      case Kind.yield:
        isGenerator = true;
        break;
    }
    at++;
  }
  return { globals, nonlocals, isGenerator };
}

/** The names of an assignment's target, however deep it is nested; attributes and items bind none. */
export function addTargets(syntax: SyntaxArrays, target: number, names: Names): void {
  if (target === NONE) return;
  const end = syntax.next[target];
  for (let at = target; at < end; ) {
    const kind = syntax.kind[at];
    if (kind === Kind.identifier) names.add(textOf(syntax, at));
    at = kind === Kind.attribute || kind === Kind.subscript ? syntax.next[at] : at + 1;
  }
}

function addCaptures(syntax: SyntaxArrays, pattern: number, names: Names): void {
  for (let at = pattern; at < syntax.next[pattern]; at++) {
    if (syntax.kind[at] !== Kind.identifier) continue;
    const above = syntax.kind[syntax.parent[at]];
    const captures = above === Kind.splat_pattern || above === Kind.as_pattern;
    if (captures || (above === Kind.dotted_name && isSimpleName(syntax, syntax.parent[at]))) {
      names.add(textOf(syntax, at));
    }
  }
}

/** A dotted name of one part that is a pattern of its own: a capture. */
export function isSimpleName(syntax: SyntaxArrays, dotted: number): boolean {
  const above = syntax.kind[syntax.parent[dotted]];
  const isPattern = above === Kind.case_pattern || above === Kind.keyword_pattern;
  return syntax.next[dotted] === dotted + 2 && isPattern;
}

/** The parameters of a `parameters` or `lambda_parameters` node. */
export function parametersOf(syntax: SyntaxArrays, list: number): Parameter[] {
  if (list === NONE) return [];
  const parameters: Parameter[] = [];
  let keywordOnly = false;
  for (const node of namedChildren(syntax, list)) {
    if (syntax.kind[node] === Kind.keyword_separator) {
      keywordOnly = true;
      continue;
    }
    const parameter = parameterOf(syntax, node, keywordOnly);
    if (parameter === undefined) continue;
    if (parameter.kind === "rest") keywordOnly = true;
    parameters.push(parameter);
  }
  return parameters;
}

function parameterOf(syntax: SyntaxArrays, node: number, keywordOnly: boolean): Parameter | undefined {
  const typed = childByField(syntax, node, Field.type);
  const annotation = typed === NONE ? NONE : (namedChildren(syntax, typed)[0] ?? NONE);
  const plain = keywordOnly ? ("keyword-only" as const) : ("positional" as const);
  switch (syntax.kind[node]) {
    case Kind.identifier:
      return { node, name: textOf(syntax, node), kind: plain, fallback: NONE, annotation: NONE };
    case Kind.default_parameter:
    case Kind.typed_default_parameter: {
      const name = textOf(syntax, childByField(syntax, node, Field.name));
      return { node, name, kind: plain, fallback: childByField(syntax, node, Field.value), annotation };
    }
    case Kind.typed_parameter: {
      const inner = parameterOf(syntax, node + 1, keywordOnly);
      return inner === undefined ? undefined : { ...inner, node, annotation };
    }
    case Kind.list_splat_pattern:
      return { node, name: textOf(syntax, node).slice(1).trim(), kind: "rest", fallback: NONE, annotation };
    case Kind.dictionary_splat_pattern:
      return { node, name: textOf(syntax, node).slice(2).trim(), kind: "keywords", fallback: NONE, annotation };
    default:
      return undefined;
  }
}

export interface Import {
  readonly node: number;
  /** As written, without the dots of a relative import. */
  readonly module: string;
  /** How many dots a relative import begins with. */
  readonly level: number;
  /** The member of `from … import member`; undefined for `import …`; `*` for all. */
  readonly member: string | undefined;
  /** The name that is bound; of `import a.b` it is `a`. */
  readonly bound: string;
  readonly hasAlias: boolean;
}

const importsBySyntax = oncePer((_: SyntaxArrays) => new Map<number, readonly Import[]>());

/** The bindings of an import statement; found once, as long as its syntax is kept. */
export function importsOf(syntax: SyntaxArrays, statement: number): readonly Import[] {
  const known = importsBySyntax(syntax);
  const imports = known.get(statement) ?? findImports(syntax, statement);
  known.set(statement, imports);
  return imports;
}

function findImports(syntax: SyntaxArrays, statement: number): Import[] {
  const isFrom = syntax.kind[statement] === Kind.import_from_statement;
  const origin = isFrom ? childByField(syntax, statement, Field.module_name) : NONE;
  const { module, level } = origin === NONE ? { module: "", level: 0 } : moduleName(syntax, origin);
  const found: Import[] = [];
  for (const child of namedChildren(syntax, statement)) {
    if (child === origin) continue;
    if (syntax.kind[child] === Kind.wildcard_import) {
      found.push({ node: child, module, level, member: "*", bound: "*", hasAlias: false });
      continue;
    }
    const aliased = syntax.kind[child] === Kind.aliased_import;
    const name = plainName(textOf(syntax, aliased ? childByField(syntax, child, Field.name) : child));
    const alias = aliased ? textOf(syntax, childByField(syntax, child, Field.alias)) : undefined;
    if (isFrom) found.push({ node: child, module, level, member: name, bound: alias ?? name, hasAlias: aliased });
    else {
      const bound = alias ?? name.split(".")[0];
      found.push({ node: child, module: name, level: 0, member: undefined, bound, hasAlias: aliased });
    }
  }
  return found;
}

function moduleName(syntax: SyntaxArrays, node: number): { module: string; level: number } {
  const text = plainName(textOf(syntax, node));
  const level = text.length - text.replace(/^\.+/, "").length;
  return { module: text.slice(level), level };
}

/** Without the blanks that may stand around the dots, and in the normal form that Python takes (PEP 3131). */
function plainName(name: string): string {
  return /[^\w.]/.test(name) ? name.replace(/\s+/g, "").normalize("NFKC") : name;
}
