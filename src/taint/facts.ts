import type { SyntaxArrays } from "../python/syntax-arrays.ts";

/**
 * What the interpreter found out about one module: all that matchers and detectors may ask.
 * Nodes are indexes into `syntax`. Code that cannot run leaves no facts.
 */
export interface ModuleFacts {
  readonly path: string;
  readonly text: string;
  readonly syntax: SyntaxArrays;
  /** In source order. */
  readonly calls: readonly CallFact[];
  readonly assignments: readonly AssignmentFact[];
  readonly definitions: readonly DefinitionFact[];
  readonly imports: readonly ImportFact[];
  readonly flows: readonly Flow[];
  /** All labels that its values carry, those in containers of arguments and assigned values included. */
  readonly labels: readonly string[];
  /** The value of an expression node, joined over every way it was reached; undefined where it was never evaluated. */
  value(node: number): ValueFact | undefined;
  /** The API paths alone of the same value: cheaper where many nodes are asked. */
  pathsOf(node: number): readonly string[];
  /** Dotted name of the enclosing classes and functions, `""` at module level: `UserView.get`. */
  scopeOf(node: number): string;
  /** Steps or depth ran out: said aloud in the check run. */
  readonly spent: readonly { readonly budget: "steps" | "depth"; readonly node: number }[];
}

export type Constancy =
  /** Every value it can have is in `constants`, or it is a display made of constants only. */
  | "constant"
  /** It is put together at run time or comes from a parameter, a call or a loop. */
  | "dynamic"
  /** The analysis cannot see it: an imported name, an attribute of an unknown object. */
  | "unknown";

/** What is known of a value. */
export interface ValueFact {
  /** Up to 4 constants when all are known; empty otherwise. `bytes` literals appear as their text. */
  readonly constants: readonly (string | number | boolean | null)[];
  readonly constancy: Constancy;
  /** API paths it may be (`yaml.SafeLoader`) or be an instance of (`sqlite3.Connection()`), at most 4. */
  readonly paths: readonly string[];
  /** Labels of `rules/models/kinds.yml` that it carries. */
  readonly labels: readonly string[];
  /** Sink kinds for which a guard or sanitizer has made the labels harmless. */
  readonly cleared: readonly string[];
  /** It is text, as far as it is known: an item of a query string, not one of a JSON body. */
  readonly isText: boolean;
  /** The elements of a tuple, list or set whose length is known. */
  readonly elements?: readonly ValueFact[];
  /** The entries of a dict by constant key; `complete` when there are no others. */
  readonly entries?: ReadonlyMap<string | number, ValueFact>;
  readonly complete?: boolean;
}

export interface ArgumentFact {
  /** Of a positional argument before any `*splat`. */
  readonly position?: number;
  readonly keyword?: string;
  /** The node of the value, without the keyword. */
  readonly node: number;
  readonly value: ValueFact;
}

export interface CallFact {
  /** The `call` node. */
  readonly node: number;
  /** API paths of what is called, canonical by the models (`sqlite3.Connection().execute`); at most 4. */
  readonly callee: readonly string[];
  /** The callee as written, `db.execute`. */
  readonly name: string;
  readonly receiver?: ValueFact;
  readonly args: readonly ArgumentFact[];
  /** `*args` is passed: positions after it are unknown. */
  readonly splat: boolean;
  /** `**kwargs` with unknown keys is passed: an absent keyword is unknown. */
  readonly doubleSplat: boolean;
}

export interface AssignmentFact {
  /** The `assignment` (or augmented, annotated, walrus) node. */
  readonly node: number;
  /** The target's node. */
  readonly target: number;
  /** The value's node. */
  readonly value: number;
  /** The target as written: `DEBUG`, `self.password`, `app.config["SECRET_KEY"]`. */
  readonly name: string;
  /** The target's API paths: `flask.Flask().secret_key`, `flask.Flask().config[SECRET_KEY]`; of a module-level name the name itself. */
  readonly paths: readonly string[];
  readonly valueFact: ValueFact;
}

export interface DefinitionFact {
  readonly node: number;
  readonly kind: "function" | "class";
  readonly name: string;
  readonly qualifiedName: string;
  readonly decorators: readonly { readonly node: number; readonly paths: readonly string[]; readonly name: string }[];
  readonly bases: readonly { readonly node: number; readonly paths: readonly string[] }[];
  readonly parameters: readonly { readonly node: number; readonly name: string }[];
  /** An entry point of a web framework by its decorators, bases or models. */
  readonly isRoute: boolean;
}

export interface ImportFact {
  readonly node: number;
  /** The absolute dotted name: `xml.etree.ElementTree`. */
  readonly module: string;
  /** The imported member of `from … import member`. */
  readonly member?: string;
  readonly alias: string;
}

/** Data with `label` reaches a sink of `kind`, not cleared for it. One flow a sink argument and kind, the shortest. */
export interface Flow {
  readonly label: string;
  readonly kind: string;
  /** API path of the source, for the fingerprint. */
  readonly source: string;
  readonly sink: string;
  /** The sink's call (or assignment) node and the argument's. */
  readonly node: number;
  readonly argument: number;
  readonly trace: Trace;
}

/** How data came from its source to its sink: SARIF's `codeFlow`. Source first, sink last. */
export interface Trace {
  readonly steps: readonly TraceStep[];
}

export interface TraceStep {
  readonly path: string;
  readonly node: number;
  readonly role: "source" | "assign" | "call" | "return" | "propagator" | "sink";
  /** In words, for the comment: "`name` is read from the query string". */
  readonly note: string;
}
