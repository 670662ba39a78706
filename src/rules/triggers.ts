import type { Detector } from "./detector.ts";
import type { ArgumentTest, Match } from "./rule.ts";

/**
 * What a module has to hold for a pattern to be worth asking: any one of it is enough, and without any of it the pattern is
 * sure to find nothing. Rules are told from each other by it before they are asked.
 */
export interface Triggers {
  /** API paths that are called; `*` in one stands for anything, and `*.send` is also a method of that name as it is written. */
  readonly calls?: readonly string[];
  /** First names of API paths that are called: `hashlib`. */
  readonly roots?: readonly string[];
  /** Keywords that a call is given. */
  readonly keywords?: readonly string[];
  /** API paths that are assigned to. */
  readonly targets?: readonly string[];
  /** API paths that are passed on or given another name, and not called where they stand. */
  readonly references?: readonly string[];
  /** API paths that a function or class is decorated with, or a class is built on. */
  readonly definitions?: readonly string[];
  /** Sink kinds that a flow reaches. */
  readonly flows?: readonly string[];
  /** Labels that a value of the module carries. */
  readonly labels?: readonly string[];
  /** Top-level packages that are imported. */
  readonly packages?: readonly string[];
  /** Identifiers as they stand in the file, of variables, functions, attributes, keywords; and literals as they are written. */
  readonly names?: readonly string[];
  /** Words of identifiers, and of literals that may be keys, in lower case: `password` is one of `dbPassword` and `PASSWORD2`. */
  readonly words?: readonly string[];
  /** Words of string literals of any length, documentation included, in lower case: `curl` is one of `"curl -k https://…"`. */
  readonly literals?: readonly string[];
  /** Regular expressions for what stands somewhere in the text, comments included, whatever the case. */
  readonly texts?: readonly string[];
  /** Kinds of nodes of the syntax, as in `Kind`. */
  readonly nodes?: readonly number[];
  /** A function that a web framework calls. */
  readonly isRoute?: true;
  /** Of these the module has to hold something as well. */
  readonly and?: Triggers;
}

/** Calls that import a module by its name at run time. */
export const IMPORTERS: readonly string[] = [
  "importlib.import_module",
  "importlib.__import__",
  "__import__",
  "builtins.__import__",
];

/** The triggers of a rule's pattern, from its data; undefined where it has to be asked of every module. */
export function triggersOf(
  match: Match,
  canonical: (path: string) => string,
  detectors: ReadonlyMap<string, Detector>,
): Triggers | undefined {
  switch (match.kind) {
    case "call":
      return both({ calls: match.callee.map(canonical) }, keywordsOf(match.where));
    case "assignment":
      return { targets: match.target.map(canonical) };
    case "taint":
      return { flows: match.to };
    case "import":
      return { packages: match.module.map((module) => module.split(".")[0]), calls: IMPORTERS };
    case "reference":
      return { references: match.path.map(canonical) };
    case "definition":
      return triggersOfDefinition(match, canonical);
    case "detector": {
      const detector = detectors.get(match.name);
      if (detector?.kind !== "module") return {};
      const { triggers } = detector;
      return typeof triggers === "function" ? triggers(match.options) : triggers;
    }
    case "manifest":
      return {};
    case "any":
      return either(match.of.map((part) => triggersOf(part, canonical, detectors)));
    case "all":
      return match.of.map((part) => triggersOf(part, canonical, detectors)).reduce(both, undefined);
  }
}

/** Keywords without one of which a call passes no test; undefined where it may pass them without. */
function keywordsOf(where: readonly ArgumentTest[]): Triggers | undefined {
  return where
    .map(({ argument: { position, keyword }, value }): Triggers | undefined => {
      const passesWithout = value.kind === "absent" || value.kind === "is-not" || value.kind === "is-not-path";
      return position !== undefined || keyword === undefined || passesWithout ? undefined : { keywords: [keyword] };
    })
    .reduce(both, undefined);
}

function triggersOfDefinition(
  { of, decorators, bases, names }: Extract<Match, { readonly kind: "definition" }>,
  canonical: (path: string) => string,
): Triggers | undefined {
  const parts: readonly (Triggers | undefined)[] = [
    decorators.length > 0 ? { definitions: decorators.map(canonical) } : undefined,
    bases.length > 0 ? { definitions: bases.flatMap((base) => [canonical(base), canonical(`${base}()`)]) } : undefined,
    names.length > 0 ? { names } : undefined,
    of === "route" ? { isRoute: true } : undefined,
  ];
  return parts.reduce(both, undefined);
}

/** Something of each; where nothing is said of one, the other says it alone. */
export function both(one: Triggers | undefined, other: Triggers | undefined): Triggers | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return { ...one, and: one.and === undefined ? other : both(one.and, other) };
}

/** Something of any. */
function either(parts: readonly (Triggers | undefined)[]): Triggers | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  if (known.length === 0) return {};
  const all = <Item>(of: (part: Triggers) => readonly Item[] | undefined) => known.flatMap((part) => of(part) ?? []);
  const and = either(known.map((part) => part.and));
  return {
    calls: all(({ calls }) => calls),
    roots: all(({ roots }) => roots),
    keywords: all(({ keywords }) => keywords),
    targets: all(({ targets }) => targets),
    references: all(({ references }) => references),
    definitions: all(({ definitions }) => definitions),
    flows: all(({ flows }) => flows),
    labels: all(({ labels }) => labels),
    packages: all(({ packages }) => packages),
    names: all(({ names }) => names),
    words: all(({ words }) => words),
    literals: all(({ literals }) => literals),
    texts: all(({ texts }) => texts),
    nodes: all(({ nodes }) => nodes),
    ...(known.some(({ isRoute }) => isRoute) && { isRoute: true }),
    ...(and !== undefined && { and }),
  };
}
