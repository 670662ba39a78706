import type { Detector } from "./detector.ts";
import type { Match } from "./rule.ts";

/**
 * What a module has to hold for a pattern to be worth asking: any one of it is enough, and without any of it the pattern is
 * sure to find nothing. Rules are told from each other by it before they are asked.
 */
export interface Triggers {
  /** API paths that are called; `*` in one stands for anything, and `*.send` is also a method of that name as it is written. */
  readonly calls?: readonly string[];
  /** First names of API paths that are called: `hashlib`. */
  readonly roots?: readonly string[];
  /** API paths that are assigned to. */
  readonly targets?: readonly string[];
  /** Sink kinds that a flow reaches. */
  readonly flows?: readonly string[];
  /** Labels that a value of the module carries. */
  readonly labels?: readonly string[];
  /** Top-level packages that are imported. */
  readonly packages?: readonly string[];
  /** Identifiers as they stand in the file, of variables, functions, attributes, keywords; and literals of the same text. */
  readonly names?: readonly string[];
  /** Parts of identifiers and of the text, in lower case, whatever the case there. */
  readonly texts?: readonly string[];
  /** A function that a web framework calls. */
  readonly isRoute?: true;
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
      return { calls: match.callee.map(canonical) };
    case "assignment":
      return { targets: match.target.map(canonical) };
    case "taint":
      return { flows: match.to };
    case "import":
      return { packages: match.module.map((module) => module.split(".")[0]), calls: IMPORTERS };
    case "detector": {
      const detector = detectors.get(match.name);
      if (detector?.kind !== "module") return {};
      const { triggers } = detector;
      return typeof triggers === "function" ? triggers(match.options) : triggers;
    }
    case "manifest":
      return {};
    case "any":
      return union(match.of.map((part) => triggersOf(part, canonical, detectors)));
    case "all":
      return match.of.map((part) => triggersOf(part, canonical, detectors)).find((triggers) => triggers !== undefined);
    case "reference":
    case "definition":
      return undefined;
  }
}

function union(parts: readonly (Triggers | undefined)[]): Triggers | undefined {
  const known = parts.filter((part) => part !== undefined);
  if (known.length < parts.length) return undefined;
  const all = (of: Exclude<keyof Triggers, "isRoute">) => known.flatMap((part) => part[of] ?? []);
  return {
    calls: all("calls"),
    roots: all("roots"),
    targets: all("targets"),
    flows: all("flows"),
    labels: all("labels"),
    packages: all("packages"),
    names: all("names"),
    texts: all("texts"),
    ...(known.some(({ isRoute }) => isRoute) && { isRoute: true }),
  };
}
