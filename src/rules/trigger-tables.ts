import { lastPart } from "../python/last-part.ts";
import type { Triggers } from "./triggers.ts";

/** Numbers of conditions. */
export type Conditions = readonly number[];

/** Keys, each with the conditions that it makes true. */
type Table = readonly (readonly [string, Conditions])[];

/** What many patterns wait for, sorted by what makes it true. Plain data: the build writes it for the rules, and a process reads it. */
export interface TriggerTables {
  /** How many conditions there are. */
  readonly count: number;
  /** For each pattern, the conditions that all have to be true; none where it is always asked. */
  readonly waiting: readonly Conditions[];
  readonly callees: Table;
  /** By what stands behind the last point of a path. */
  readonly ends: Table;
  /** By what a path ends with. */
  readonly suffixes: Table;
  readonly roots: Table;
  readonly keywords: Table;
  readonly targets: Table;
  readonly references: Table;
  readonly definitions: Table;
  readonly flows: Table;
  readonly labels: Table;
  readonly packages: Table;
  readonly names: Table;
  readonly words: Table;
  readonly literals: Table;
  /** By a regular expression over the whole text. */
  readonly texts: Table;
  /** By the number of a kind. */
  readonly nodes: Table;
  readonly ofRoutes: Conditions;
}

type Sorted = Exclude<keyof TriggerTables, "count" | "waiting" | "ofRoutes">;

/** Of patterns in their order; undefined is one that has to be asked of every module. */
export function tableTriggers(patterns: readonly (Triggers | undefined)[]): TriggerTables {
  const tables = new Map<Sorted, Map<string, number[]>>();
  const ofRoutes: number[] = [];
  let count = 0;
  const waiting = patterns.map(add);
  return {
    count,
    waiting,
    callees: table("callees"),
    ends: table("ends"),
    suffixes: table("suffixes"),
    roots: table("roots"),
    keywords: table("keywords"),
    targets: table("targets"),
    references: table("references"),
    definitions: table("definitions"),
    flows: table("flows"),
    labels: table("labels"),
    packages: table("packages"),
    names: table("names"),
    words: table("words"),
    literals: table("literals"),
    texts: table("texts"),
    nodes: table("nodes"),
    ofRoutes,
  };

  function add(triggers: Triggers | undefined): Conditions {
    if (triggers === undefined) return [];
    const others = add(triggers.and);
    const { calls = [], nodes = [], isRoute, and: _, ...plain } = triggers;
    if (calls.some((path) => path.endsWith("*"))) return others;
    const condition = count++;
    for (const path of calls) addCall(path, condition);
    for (const kind of nodes) put("nodes", String(kind), condition);
    for (const of of Object.keys(plain) as (keyof typeof plain)[]) {
      for (const key of plain[of] ?? []) put(of, key, condition);
    }
    if (isRoute) ofRoutes.push(condition);
    return [condition, ...others];
  }

  function addCall(path: string, condition: number): void {
    const end = lastPart(path);
    if (!path.includes("*")) put("callees", path, condition);
    else if (end.includes("*")) put("suffixes", end.slice(end.lastIndexOf("*") + 1), condition);
    else put("ends", end, condition);
    if (path.startsWith("*.")) put("names", path.slice(2), condition);
  }

  function put(of: Sorted, key: string, condition: number): void {
    const known = tables.get(of) ?? new Map<string, number[]>();
    tables.set(of, known);
    const conditions = known.get(key);
    if (conditions === undefined) known.set(key, [condition]);
    else if (!conditions.includes(condition)) conditions.push(condition);
  }

  function table(of: Sorted): Table {
    return [...(tables.get(of) ?? [])];
  }
}
