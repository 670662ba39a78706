import { keysIn } from "../python/keys-in.ts";
import { Kind } from "../python/kinds.ts";
import { lastPart } from "../python/last-part.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import { firstName } from "../taint/models/canonical-paths.ts";
import { nameWords, wordFilter, wordFinder } from "../text/name-words.ts";
import { oncePerText } from "../text/once-per-text.ts";
import type { IndexedFacts } from "./indexed-facts.ts";
import type { Conditions, TriggerTables } from "./trigger-tables.ts";

/** Those that a module gives a reason to ask, in their order. */
export type Awake<T> = (indexed: IndexedFacts) => readonly T[];

/** A module looks up what it holds in the tables of these things, instead of being asked for everything. */
export function indexTriggers<T>(things: readonly T[], tables: TriggerTables): Awake<T> {
  const index = new TriggerIndex(tables);
  return (indexed) => {
    const holds = index.lookUp(indexed);
    return things.filter((_, at) => tables.waiting[at].every(holds));
  };
}

class TriggerIndex {
  readonly #count: number;
  readonly #callees: ReadonlyMap<string, Conditions>;
  readonly #ends: ReadonlyMap<string, Conditions>;
  readonly #suffixes: readonly (readonly [string, Conditions])[];
  readonly #roots: ReadonlyMap<string, Conditions>;
  readonly #keywords: ReadonlyMap<string, Conditions>;
  readonly #targets: ReadonlyMap<string, Conditions>;
  readonly #references: ReadonlyMap<string, Conditions>;
  readonly #definitions: ReadonlyMap<string, Conditions>;
  readonly #flows: ReadonlyMap<string, Conditions>;
  readonly #labels: ReadonlyMap<string, Conditions>;
  readonly #packages: ReadonlyMap<string, Conditions>;
  readonly #names: ReadonlyMap<string, Conditions>;
  readonly #words: ReadonlyMap<string, Conditions>;
  /** Most names hold none of the words. */
  readonly #mayHoldWord: (name: string) => boolean;
  readonly #conditionsOfWords = oncePerText((name) => this.#workOutWords(name));
  readonly #conditionsOfPath = oncePerText((path) => this.#workOutPath(path));
  readonly #literals: ReadonlyMap<string, Conditions>;
  readonly #findInLiterals: ReturnType<typeof wordFinder>;
  /** By condition, what any part of the text may be. */
  readonly #texts: ReadonlyMap<number, RegExp>;
  readonly #nodes: readonly (readonly [number, Conditions])[];
  readonly #ofRoutes: Conditions;

  constructor(tables: TriggerTables) {
    this.#count = tables.count;
    this.#callees = new Map(tables.callees);
    this.#ends = new Map(tables.ends);
    this.#suffixes = tables.suffixes;
    this.#roots = new Map(tables.roots);
    this.#keywords = new Map(tables.keywords);
    this.#targets = new Map(tables.targets);
    this.#references = new Map(tables.references);
    this.#definitions = new Map(tables.definitions);
    this.#flows = new Map(tables.flows);
    this.#labels = new Map(tables.labels);
    this.#packages = new Map(tables.packages);
    this.#names = new Map(tables.names);
    this.#words = new Map(tables.words);
    this.#mayHoldWord = wordFilter(this.#words.keys());
    this.#literals = new Map(tables.literals);
    this.#findInLiterals = wordFinder(new Set(this.#literals.keys()));
    this.#texts = patternsOf(tables.texts);
    this.#nodes = tables.nodes.map(([kind, conditions]) => [Number(kind), conditions]);
    this.#ofRoutes = tables.ofRoutes;
  }

  /** Whether a condition is true in a module, by its number. The text is looked through where all depends on it. */
  lookUp({ facts, callsByCallee, flowsByKind, passedOnByPath }: IndexedFacts): (condition: number) => boolean {
    const { syntax } = facts;
    const holds = new Uint8Array(this.#count);
    const mark = (conditions: Conditions | undefined) => {
      if (conditions !== undefined) for (const condition of conditions) holds[condition] = 1;
    };
    for (const name of syntax.names) this.#markName(name, mark);
    for (const key of keysIn(syntax)) this.#markName(key, mark);
    const markLiteral = (word: string) => mark(this.#literals.get(word));
    for (const node of nodesOfKind(syntax, Kind.string_content))
      this.#findInLiterals(syntax.text, syntax.start[node], syntax.end[node], markLiteral);
    for (const callee of callsByCallee.keys()) mark(this.#conditionsOfPath(callee));
    for (const { args } of facts.calls)
      for (const { keyword } of args) if (keyword !== undefined) mark(this.#keywords.get(keyword));
    for (const { paths } of facts.assignments) for (const path of paths) mark(this.#targets.get(path));
    for (const { decorators, bases, isRoute } of facts.definitions) {
      for (const { paths } of decorators) for (const path of paths) mark(this.#definitions.get(path));
      for (const { paths } of bases) for (const path of paths) mark(this.#definitions.get(path));
      if (isRoute) mark(this.#ofRoutes);
    }
    for (const path of passedOnByPath.keys()) mark(this.#references.get(path));
    for (const kind of flowsByKind.keys()) mark(this.#flows.get(kind));
    for (const label of facts.labels) mark(this.#labels.get(label));
    for (const { module } of facts.imports) mark(this.#packages.get(firstName(module)));
    for (const [kind, conditions] of this.#nodes) if (nodesOfKind(syntax, kind).length > 0) mark(conditions);
    for (const condition of this.#texts.keys()) if (holds[condition] === 0) holds[condition] = UNREAD;
    return (condition) => {
      if (holds[condition] === UNREAD) holds[condition] = this.#texts.get(condition)?.test(facts.text) ? 1 : 0;
      return holds[condition] === 1;
    };
  }

  #markName(name: string, mark: (conditions: Conditions | undefined) => void): void {
    mark(this.#names.get(name));
    if (this.#mayHoldWord(name)) mark(this.#conditionsOfWords(name));
  }

  #workOutWords(name: string): Conditions {
    const words = nameWords(name).flatMap((word) => [word, word.replace(/\d+$/, "")]);
    return distinct(words.flatMap((word) => this.#words.get(word) ?? []));
  }

  #workOutPath(path: string): Conditions {
    const places = [this.#callees.get(path), this.#ends.get(lastPart(path)), this.#roots.get(firstName(path))];
    const suffixes = this.#suffixes.filter(([suffix]) => path.endsWith(suffix)).map(([, conditions]) => conditions);
    return distinct([...places, ...suffixes].flatMap((conditions) => conditions ?? []));
  }
}

/** One list for all that make nothing true: they are most, and kept from file to file. */
const NOTHING: Conditions = [];

function distinct(conditions: Conditions): Conditions {
  return conditions.length === 0 ? NOTHING : [...new Set(conditions)];
}

function patternsOf(texts: TriggerTables["texts"]): ReadonlyMap<number, RegExp> {
  const sources = new Map<number, string[]>();
  for (const [source, conditions] of texts) {
    for (const condition of conditions) sources.set(condition, [...(sources.get(condition) ?? []), source]);
  }
  return new Map([...sources].map(([condition, of]) => [condition, new RegExp(of.join("|"), "i")]));
}

/** Of a condition: the text was not looked through for it. */
const UNREAD = 2;
