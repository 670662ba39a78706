import { type Document, isMap, isScalar, isSeq } from "yaml";

/** Settings as plain data, and where each stands in its file. Finding one, and taking one out, take as long as its path. */
export interface SettingsTree {
  readonly value: unknown;
  /** Of the deepest part of the path that is there, in UTF-16 code units. */
  offsetOf(at: readonly PropertyKey[]): number;
  /** Takes out the deepest part of the path that is there; false where that is the whole. Entries of a list behind it move up. */
  remove(at: readonly PropertyKey[]): boolean;
}

/** Aliases that multiply themselves throw, as values that no JSON has: the value is a text then, which no settings are. */
export function readSettingsTree(document: Document): SettingsTree {
  try {
    return createTree(document.toJS({ maxAliasCount: 20 }), placeOf(document.contents));
  } catch {
    return createTree("", undefined);
  }
}

interface Place {
  readonly offset: number;
  /** Of a map by name, of a list by number. */
  readonly below?: Map<string, Place | undefined> | (Place | undefined)[];
}

function placeOf(node: unknown): Place | undefined {
  if (isMap(node)) {
    const below = node.items.flatMap(({ key, value }) =>
      isScalar(key) ? [[String(key.value ?? ""), placeOf(value) ?? placeOf(key)] as const] : [],
    );
    return { offset: node.range?.[0] ?? 0, below: new Map(below) };
  }
  if (isSeq(node)) return { offset: node.range?.[0] ?? 0, below: node.items.map(placeOf) };
  return isScalar(node) ? { offset: node.range?.[0] ?? 0 } : undefined;
}

function createTree(value: unknown, root: Place | undefined): SettingsTree {
  return {
    value,
    offsetOf(at) {
      let place = root;
      for (const key of at) {
        const next = placeBelow(place, key);
        if (next === undefined) break;
        place = next;
      }
      return place?.offset ?? 0;
    },
    remove(at) {
      const way = [{ value, place: root }];
      for (const key of at) {
        const { value, place } = way[way.length - 1] ?? {};
        if (!isBelow(value, key)) break;
        way.push({ value: Reflect.get(value, key), place: placeBelow(place, key) });
      }
      const key = at[way.length - 2];
      const parent = way[way.length - 2];
      if (key === undefined || parent === undefined) return false;
      removeBelow(parent.value, key);
      removeBelow(parent.place?.below, key);
      return true;
    },
  };
}

function placeBelow(place: Place | undefined, key: PropertyKey): Place | undefined {
  const below = place?.below;
  return Array.isArray(below) ? below[Number(key)] : below?.get(String(key));
}

function isBelow(value: unknown, key: PropertyKey): value is object {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

function removeBelow(whole: unknown, key: PropertyKey): void {
  if (Array.isArray(whole)) whole.splice(Number(key), 1);
  else if (whole instanceof Map) whole.delete(String(key));
  else if (typeof whole === "object" && whole !== null) Reflect.deleteProperty(whole, key);
}
