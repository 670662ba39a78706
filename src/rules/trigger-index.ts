import { keysIn } from "../python/keys-in.ts";
import { nodesOfKind } from "../python/nodes-of-kind.ts";
import { nameWords, wordFilter } from "../text/name-words.ts";
import type { IndexedFacts } from "./match.ts";
import type { Triggers } from "./triggers.ts";

/** Those that a module gives a reason to ask, in their order. */
export type Awake<T> = (indexed: IndexedFacts) => readonly T[];

/** Numbers of conditions. */
type Conditions = readonly number[];

/** Sorts things by their triggers, so that a module looks up what it holds instead of being asked for everything. */
export function indexTriggers<T>(entries: readonly (readonly [T, Triggers | undefined])[]): Awake<T> {
  const tables = new Tables();
  const waiting = entries.map(([thing, triggers]) => ({ thing, conditions: tables.add(triggers) }));
  return (indexed) => {
    const holds = tables.lookUp(indexed);
    return waiting.filter(({ conditions }) => conditions.every((one) => holds[one] === 1)).map(({ thing }) => thing);
  };
}

/** The conditions by what makes each of them true. */
class Tables {
  #count = 0;
  readonly #callees = new Table();
  readonly #ends = new Table();
  readonly #suffixes = new Table();
  readonly #roots = new Table();
  readonly #keywords = new Table();
  readonly #targets = new Table();
  readonly #references = new Table();
  readonly #definitions = new Table();
  readonly #flows = new Table();
  readonly #labels = new Table();
  readonly #packages = new Table();
  readonly #names = new Table();
  readonly #words = new Table();
  readonly #texts: (readonly [RegExp, number])[] = [];
  readonly #nodes: (readonly [number, number])[] = [];
  readonly #ofRoutes: number[] = [];
  /** Most names hold none of the words. */
  #mayHoldWord: ((name: string) => boolean) | undefined;

  /** The conditions that all have to be true; none where it cannot be told. */
  add(triggers: Triggers | undefined): Conditions {
    if (triggers === undefined) return [];
    const others = this.add(triggers.and);
    if ((triggers.calls ?? []).some((path) => path.endsWith("*"))) return others;
    const condition = this.#count++;
    for (const path of triggers.calls ?? []) {
      const end = endOf(path);
      if (!path.includes("*")) this.#callees.add(path, condition);
      else if (end.includes("*")) this.#suffixes.add(end.slice(end.lastIndexOf("*") + 1), condition);
      else this.#ends.add(end, condition);
      if (path.startsWith("*.")) this.#names.add(path.slice(2), condition);
    }
    this.#roots.addAll(triggers.roots, condition);
    this.#keywords.addAll(triggers.keywords, condition);
    this.#targets.addAll(triggers.targets, condition);
    this.#references.addAll(triggers.references, condition);
    this.#definitions.addAll(triggers.definitions, condition);
    this.#flows.addAll(triggers.flows, condition);
    this.#labels.addAll(triggers.labels, condition);
    this.#packages.addAll(triggers.packages, condition);
    this.#names.addAll(triggers.names, condition);
    this.#words.addAll(triggers.words, condition);
    for (const pattern of triggers.texts ?? []) this.#texts.push([pattern, condition]);
    for (const kind of triggers.nodes ?? []) this.#nodes.push([kind, condition]);
    if (triggers.isRoute) this.#ofRoutes.push(condition);
    return [condition, ...others];
  }

  /** By the number of a condition: 1 where it is true in a module. */
  lookUp({ facts, callsByCallee, flowsByKind, passedOnByPath }: IndexedFacts): Uint8Array {
    const { syntax } = facts;
    const holds = new Uint8Array(this.#count);
    const mark = (conditions: Conditions | undefined) => {
      if (conditions !== undefined) for (const condition of conditions) holds[condition] = 1;
    };
    const mayHoldWord = this.#wordFilter();
    for (const names of [syntax.names, keysIn(syntax)]) {
      for (const name of names) {
        mark(this.#names.of(name));
        if (mayHoldWord(name)) for (const word of nameWords(name)) this.#markWord(word, mark);
      }
    }
    for (const callee of callsByCallee.keys()) this.#markPath(callee, mark);
    for (const { args } of facts.calls)
      for (const { keyword } of args) if (keyword !== undefined) mark(this.#keywords.of(keyword));
    for (const { paths } of facts.assignments) for (const path of paths) mark(this.#targets.of(path));
    for (const { decorators, bases, isRoute } of facts.definitions) {
      for (const { paths } of decorators) for (const path of paths) mark(this.#definitions.of(path));
      for (const { paths } of bases) for (const path of paths) mark(this.#definitions.of(path));
      if (isRoute) mark(this.#ofRoutes);
    }
    for (const path of passedOnByPath.keys()) mark(this.#references.of(path));
    for (const kind of flowsByKind.keys()) mark(this.#flows.of(kind));
    for (const label of facts.labels) mark(this.#labels.of(label));
    for (const { module } of facts.imports) mark(this.#packages.of(rootOf(module)));
    for (const [kind, condition] of this.#nodes) if (nodesOfKind(syntax, kind).length > 0) holds[condition] = 1;
    for (const [pattern, condition] of this.#texts) {
      if (holds[condition] === 0 && pattern.test(facts.text)) holds[condition] = 1;
    }
    return holds;
  }

  #wordFilter(): (name: string) => boolean {
    this.#mayHoldWord ??= wordFilter(this.#words.keys());
    return this.#mayHoldWord;
  }

  #markWord(word: string, mark: (conditions: Conditions | undefined) => void): void {
    mark(this.#words.of(word));
    const last = word.charCodeAt(word.length - 1);
    if (last >= ZERO && last <= NINE) mark(this.#words.of(word.replace(/\d+$/, "")));
  }

  #markPath(path: string, mark: (conditions: Conditions | undefined) => void): void {
    mark(this.#callees.of(path));
    mark(this.#ends.of(endOf(path)));
    mark(this.#roots.of(rootOf(path)));
    for (const suffix of this.#suffixes.keys()) if (path.endsWith(suffix)) mark(this.#suffixes.of(suffix));
  }
}

class Table {
  readonly #conditions = new Map<string, number[]>();

  add(key: string, condition: number): void {
    const known = this.#conditions.get(key);
    if (known === undefined) this.#conditions.set(key, [condition]);
    else if (!known.includes(condition)) known.push(condition);
  }

  addAll(keys: readonly string[] | undefined, condition: number): void {
    for (const key of keys ?? []) this.add(key, condition);
  }

  of(key: string): Conditions | undefined {
    return this.#conditions.get(key);
  }

  keys(): Iterable<string> {
    return this.#conditions.keys();
  }
}

/** What stands behind the last point of a path. */
function endOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
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
