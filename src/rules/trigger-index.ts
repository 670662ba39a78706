import { Kind } from "../python/kinds.ts";
import { lastPart } from "../python/last-part.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../python/syntax-arrays.ts";
import { textOf } from "../python/walk.ts";
import { firstName } from "../taint/models/canonical-paths.ts";
import { wordFinder } from "../text/name-words.ts";
import { oncePerText } from "../text/once-per-text.ts";
import { forEachPassedOn, type IndexedFacts } from "./indexed-facts.ts";
import type { Conditions, TriggerTables } from "./trigger-tables.ts";

/** Those that a module gives a reason to ask, in their order. */
export type Awake<T> = (indexed: IndexedFacts) => readonly T[];

/** A module looks up what it holds in the tables of these things, instead of being asked for everything. */
export function indexTriggers<T>(things: readonly T[], tables: TriggerTables): Awake<T> {
  const index = new TriggerIndex(tables);
  const first = Uint32Array.from(tables.waiting, ([condition = tables.count]) => condition);
  return (indexed) => {
    const holds = index.lookUp(indexed);
    const isTrue = (condition: number) =>
      holds[condition] === 1 || index.isInText(holds, condition, indexed.facts.text);
    const mayHold = (condition: number) => holds[condition] !== 0;
    // Most wait for something that is not there: a look at two bytes tells it.
    return things.filter((_, at) => {
      return holds[first[at]] !== 0 && tables.waiting[at].every(mayHold) && tables.waiting[at].every(isTrue);
    });
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
  /** What the words of names and keys make true, and those of any literals. */
  readonly #findWords: ReturnType<typeof wordFinder<WordConditions>>;
  readonly #conditionsOfPath = oncePerText((path) => this.#workOutPath(path));
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
    this.#findWords = wordFinder(conditionsOfWords(tables));
    this.#texts = patternsOf(tables.texts);
    this.#nodes = tables.nodes.map(([kind, conditions]) => [Number(kind), conditions]);
    this.#ofRoutes = tables.ofRoutes;
  }

  /** By number, which conditions are true in a module; the last place stands for none. */
  lookUp({ facts, callsByCallee, flowsByKind }: IndexedFacts): Uint8Array {
    const { syntax } = facts;
    const holds = new Uint8Array(this.#count + 1);
    holds[this.#count] = 1;
    const mark = (conditions: Conditions | undefined) => {
      if (conditions !== undefined) for (const condition of conditions) holds[condition] = 1;
    };
    this.#markNames(syntax, mark);
    for (const callee of callsByCallee.keys()) mark(this.#conditionsOfPath(callee));
    for (const { args } of facts.calls)
      for (const { keyword } of args) if (keyword !== undefined) mark(this.#keywords.get(keyword));
    for (const { paths } of facts.assignments) for (const path of paths) mark(this.#targets.get(path));
    for (const { decorators, bases, isRoute } of facts.definitions) {
      for (const { paths } of decorators) for (const path of paths) mark(this.#definitions.get(path));
      for (const { paths } of bases) for (const path of paths) mark(this.#definitions.get(path));
      if (isRoute) mark(this.#ofRoutes);
    }
    forEachPassedOn(facts, (path) => mark(this.#references.get(path)));
    for (const kind of flowsByKind.keys()) mark(this.#flows.get(kind));
    for (const label of facts.labels) mark(this.#labels.get(label));
    for (const { module } of facts.imports) mark(this.#packages.get(firstName(module)));
    for (const [kind, conditions] of this.#nodes) if (nodesOfKind(syntax, kind).length > 0) mark(conditions);
    for (const condition of this.#texts.keys()) if (holds[condition] === 0) holds[condition] = UNREAD;
    return holds;
  }

  /** The text is looked through where all else that a pattern waits for holds. */
  isInText(holds: Uint8Array, condition: number, text: string): boolean {
    if (holds[condition] === UNREAD) holds[condition] = this.#texts.get(condition)?.test(text) ? 1 : 0;
    return holds[condition] === 1;
  }

  /** Identifiers, literals that may be keys, `config["DEBUG"]`, and integers as they are written; the words of literals of any length. */
  #markNames(syntax: SyntaxArrays, mark: (conditions: Conditions | undefined) => void): void {
    const markWord = ({ ofNames }: WordConditions) => mark(ofNames);
    const markLiteral = ({ ofLiterals }: WordConditions) => mark(ofLiterals);
    const markKey = (word: WordConditions) => {
      markWord(word);
      markLiteral(word);
    };
    for (const name of syntax.names) {
      mark(this.#names.get(name));
      this.#findWords(name, 0, name.length, markWord);
    }
    const { text, start, end } = syntax;
    for (const node of nodesOfKind(syntax, Kind.string_content)) {
      const isKey = end[node] - start[node] <= LONGEST_KEY;
      if (isKey) mark(this.#names.get(textOf(syntax, node)));
      this.#findWords(text, start[node], end[node], isKey ? markKey : markLiteral);
    }
    for (const node of nodesOfKind(syntax, Kind.integer)) mark(this.#names.get(textOf(syntax, node)));
  }

  #workOutPath(path: string): Conditions {
    const places = [this.#callees.get(path), this.#ends.get(lastPart(path)), this.#roots.get(firstName(path))];
    const suffixes = this.#suffixes.filter(([suffix]) => path.endsWith(suffix)).map(([, conditions]) => conditions);
    return distinct([...places, ...suffixes].flatMap((conditions) => conditions ?? []));
  }
}

/** Longer literals are no keys. */
const LONGEST_KEY = 80;

interface WordConditions {
  readonly ofNames: Conditions | undefined;
  readonly ofLiterals: Conditions | undefined;
}

function conditionsOfWords({ words, literals }: TriggerTables): ReadonlyMap<string, WordConditions> {
  const [ofNames, ofLiterals] = [new Map(words), new Map(literals)];
  return new Map(
    [...ofNames.keys(), ...ofLiterals.keys()].map((word) => [
      word,
      { ofNames: ofNames.get(word), ofLiterals: ofLiterals.get(word) },
    ]),
  );
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
