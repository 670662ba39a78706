import { keysIn } from "../python/keys-in.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import { nameWords, wordFilter } from "../text/name-words.ts";
import type { IndexedFacts } from "./indexed-facts.ts";
import { type Conditions, endOf, type Table, type TriggerTables } from "./trigger-tables.ts";

/** Those that a module gives a reason to ask, in their order. */
export type Awake<T> = (indexed: IndexedFacts) => readonly T[];

/** A module looks up what it holds in the tables of these things, instead of being asked for everything. */
export function indexTriggers<T>(things: readonly T[], tables: TriggerTables): Awake<T> {
  const index = new TriggerIndex(tables);
  return (indexed) => {
    const holds = index.lookUp(indexed);
    return things.filter((_, at) => tables.waiting[at].every((condition) => holds[condition] === 1));
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
  readonly #texts: readonly (readonly [RegExp, Conditions])[];
  readonly #nodes: readonly (readonly [number, Conditions])[];
  readonly #ofRoutes: Conditions;

  constructor(tables: TriggerTables) {
    this.#count = tables.count;
    this.#callees = mapOf(tables.callees);
    this.#ends = mapOf(tables.ends);
    this.#suffixes = Object.entries(tables.suffixes);
    this.#roots = mapOf(tables.roots);
    this.#keywords = mapOf(tables.keywords);
    this.#targets = mapOf(tables.targets);
    this.#references = mapOf(tables.references);
    this.#definitions = mapOf(tables.definitions);
    this.#flows = mapOf(tables.flows);
    this.#labels = mapOf(tables.labels);
    this.#packages = mapOf(tables.packages);
    this.#names = mapOf(tables.names);
    this.#words = mapOf(tables.words);
    this.#mayHoldWord = wordFilter(this.#words.keys());
    this.#texts = Object.entries(tables.texts).map(([source, conditions]) => [new RegExp(source, "i"), conditions]);
    this.#nodes = Object.entries(tables.nodes).map(([kind, conditions]) => [Number(kind), conditions]);
    this.#ofRoutes = tables.ofRoutes;
  }

  /** By the number of a condition: 1 where it is true in a module. */
  lookUp({ facts, callsByCallee, flowsByKind, passedOnByPath }: IndexedFacts): Uint8Array {
    const { syntax } = facts;
    const holds = new Uint8Array(this.#count);
    const mark = (conditions: Conditions | undefined) => {
      if (conditions !== undefined) for (const condition of conditions) holds[condition] = 1;
    };
    for (const name of syntax.names) this.#markName(name, mark);
    for (const key of keysIn(syntax)) this.#markName(key, mark);
    for (const callee of callsByCallee.keys()) this.#markPath(callee, mark);
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
    for (const { module } of facts.imports) mark(this.#packages.get(rootOf(module)));
    for (const [kind, conditions] of this.#nodes) if (nodesOfKind(syntax, kind).length > 0) mark(conditions);
    for (const [pattern, conditions] of this.#texts) {
      if (conditions.some((condition) => holds[condition] === 0) && pattern.test(facts.text)) mark(conditions);
    }
    return holds;
  }

  #markName(name: string, mark: (conditions: Conditions | undefined) => void): void {
    mark(this.#names.get(name));
    if (!this.#mayHoldWord(name)) return;
    for (const word of nameWords(name)) {
      mark(this.#words.get(word));
      const last = word.charCodeAt(word.length - 1);
      if (last >= ZERO && last <= NINE) mark(this.#words.get(word.replace(/\d+$/, "")));
    }
  }

  #markPath(path: string, mark: (conditions: Conditions | undefined) => void): void {
    mark(this.#callees.get(path));
    mark(this.#ends.get(endOf(path)));
    mark(this.#roots.get(rootOf(path)));
    for (const [suffix, conditions] of this.#suffixes) if (path.endsWith(suffix)) mark(conditions);
  }
}

function mapOf(table: Table): ReadonlyMap<string, Conditions> {
  return new Map(Object.entries(table));
}

const ZERO = 48;
const NINE = 57;
const POINT = 46;
const PARENTHESIS = 40;
const BRACKET = 91;

/** Up to the first point or bracket. */
function rootOf(path: string): string {
  for (let at = 0; at < path.length; at++) {
    const character = path.charCodeAt(at);
    if (character === POINT || character === PARENTHESIS || character === BRACKET) return path.slice(0, at);
  }
  return path;
}
