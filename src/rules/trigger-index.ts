import { keysIn, namesIn } from "../python/names-in.ts";
import type { IndexedFacts } from "./match.ts";
import type { Triggers } from "./triggers.ts";

/** Those that a module gives a reason to ask. */
export type Awake<T> = (indexed: IndexedFacts) => ReadonlySet<T>;

type Table<T> = Map<string, T[]>;

/** Sorts things by their triggers, so that a module looks up what it holds instead of being asked for everything. */
export function indexTriggers<T>(entries: readonly (readonly [T, Triggers | undefined])[]): Awake<T> {
  const always: T[] = [];
  const byCallee: Table<T> = new Map();
  const byEnd: Table<T> = new Map();
  const bySuffix: Table<T> = new Map();
  const byMethod: Table<T> = new Map();
  const byRoot: Table<T> = new Map();
  const byTarget: Table<T> = new Map();
  const byFlow: Table<T> = new Map();
  const byLabel: Table<T> = new Map();
  const byPackage: Table<T> = new Map();
  const byName: Table<T> = new Map();
  const byText: Table<T> = new Map();
  const ofRoutes: T[] = [];
  for (const [thing, triggers] of entries) {
    if (triggers === undefined || (triggers.calls ?? []).some((path) => path.endsWith("*"))) {
      always.push(thing);
      continue;
    }
    for (const path of triggers.calls ?? []) {
      const end = endOf(path);
      if (!path.includes("*")) add(byCallee, path, thing);
      else if (end.includes("*")) add(bySuffix, end.slice(end.lastIndexOf("*") + 1), thing);
      else add(byEnd, end, thing);
      if (path.startsWith("*.")) add(byMethod, path.slice(2), thing);
    }
    for (const root of triggers.roots ?? []) add(byRoot, root, thing);
    for (const target of triggers.targets ?? []) add(byTarget, target, thing);
    for (const kind of triggers.flows ?? []) add(byFlow, kind, thing);
    for (const label of triggers.labels ?? []) add(byLabel, label, thing);
    for (const name of triggers.packages ?? []) add(byPackage, name, thing);
    for (const name of triggers.names ?? []) add(byName, name, thing);
    for (const text of triggers.texts ?? []) add(byText, text, thing);
    if (triggers.isRoute) ofRoutes.push(thing);
  }
  return ({ facts, callsByCallee, callsByMethod, assignmentsByTarget, flowsByKind }) => {
    const awake = new Set(always);
    const wake = (things: readonly T[] | undefined) => {
      if (things !== undefined) for (const thing of things) awake.add(thing);
    };
    for (const callee of callsByCallee.keys()) {
      wake(byCallee.get(callee));
      wake(byEnd.get(endOf(callee)));
      wake(byRoot.get(rootOf(callee)));
      for (const [suffix, things] of bySuffix) if (callee.endsWith(suffix)) wake(things);
    }
    for (const method of callsByMethod.keys()) wake(byMethod.get(method));
    for (const target of assignmentsByTarget.keys()) wake(byTarget.get(target));
    for (const kind of flowsByKind.keys()) wake(byFlow.get(kind));
    for (const label of facts.labels) wake(byLabel.get(label));
    if (facts.definitions.some(({ isRoute }) => isRoute)) wake(ofRoutes);
    for (const { module } of facts.imports) wake(byPackage.get(rootOf(module)));
    for (const names of [namesIn(facts.syntax), keysIn(facts.syntax)]) {
      for (const name of names) wake(byName.get(name));
    }
    const text = facts.text.toLowerCase();
    for (const [part, things] of byText) {
      if (things.some((thing) => !awake.has(thing)) && text.includes(part)) wake(things);
    }
    return awake;
  };
}

function add<T>(table: Table<T>, key: string, thing: T): void {
  const things = table.get(key);
  if (things === undefined) table.set(key, [thing]);
  else if (!things.includes(thing)) things.push(thing);
}

/** What stands behind the last point of a path. */
function endOf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** Up to the first point or bracket. */
function rootOf(path: string): string {
  for (let at = 0; at < path.length; at++) {
    const character = path[at];
    if (character === "." || character === "(" || character === "[") return path.slice(0, at);
  }
  return path;
}
