import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, textOf } from "../../python/walk.ts";
import { oncePer } from "../../text/once-per.ts";
import { literalText, operands, unwrap } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf, namedValues } from "../shared/named-values.ts";

/** A text that stands in a collection, under the name that one of its elements has. */
export interface CollectedValue {
  readonly how: "entry" | "element";
  /** As written: `API_KEYS`. */
  readonly name: string;
  /** The same of one: `API_KEY`. */
  readonly lastName: string;
  readonly value: number;
}

/** What stands beside a secret in the same collection. */
const OTHER_KEYS = new Set(
  "user username name login email url uri host server region account id issuer type kind".split(" "),
);

/** Words before the name that make a list of what is refused, or of what anybody may see. */
const LISTS_OF_OTHERS = new Set("common banned forbidden blocked leaked default known top rejected stop".split(" "));

const COLLECTIONS: ReadonlySet<number> = new Set([Kind.dictionary, Kind.list, Kind.tuple, Kind.set]);

/** The texts in dicts, lists, tuples and sets that are named for many of what they hold: `API_KEYS = {"shop": "…"}`. */
export const collectedValues: (syntax: SyntaxArrays) => readonly CollectedValue[] = oncePer((syntax) =>
  namedValues(syntax).flatMap(({ how, name, lastName, value }) => {
    const collection = unwrap(syntax, value);
    if (how === "compared" || !COLLECTIONS.has(syntax.kind[collection]) || !/s$/i.test(lastName)) return [];
    if (nameWords(lastName).some((word) => LISTS_OF_OTHERS.has(word))) return [];
    const one = lastName.slice(0, -1);
    return elementsOf(syntax, collection).map((element) => ({ ...element, name, lastName: one }));
  }),
);

function elementsOf(syntax: SyntaxArrays, collection: number): readonly Pick<CollectedValue, "how" | "value">[] {
  if (syntax.kind[collection] !== Kind.dictionary)
    return operands(syntax, collection).map((value) => ({ how: "element", value }));
  return pairsOf(syntax, collection)
    .filter(({ key }) => !nameWords(key).some((word) => OTHER_KEYS.has(word)))
    .map(({ value }) => ({ how: "entry", value }));
}

function pairsOf(
  syntax: SyntaxArrays,
  dictionary: number,
): readonly { readonly key: string; readonly value: number }[] {
  return operands(syntax, dictionary)
    .filter((pair) => syntax.kind[pair] === Kind.pair)
    .map((pair) => ({
      key: literalText(syntax, childByField(syntax, pair, Field.key)) ?? "",
      value: childByField(syntax, pair, Field.value),
    }));
}

/** A table that a comparison looks an entry up in, and what the entry is compared with: `ACCOUNTS[name] == password`, `ACCOUNTS.get(name)`. */
export interface ComparedTable extends Pick<CollectedValue, "name" | "lastName"> {
  readonly texts: readonly number[];
}

/** Each table once for each name: it may be compared as often as it has entries. */
export const comparedTables: (syntax: SyntaxArrays) => readonly ComparedTable[] = oncePer((syntax) => {
  const written = Map.groupBy(
    namedValues(syntax).filter(({ how, value }) => {
      return how === "assigned" && syntax.kind[unwrap(syntax, value)] === Kind.dictionary;
    }),
    ({ name }) => name,
  );
  const found = new Map<string, ComparedTable>();
  const texts = new Map<string, readonly number[]>();
  for (const { how, name, lastName, value } of namedValues(syntax)) {
    const table = how === "compared" ? tableOf(syntax, unwrap(syntax, value)) : undefined;
    const dicts = table === undefined ? undefined : written.get(table);
    if (table === undefined || dicts === undefined || found.has(`${table}\n${lastName}`)) continue;
    const ofTable = texts.get(table) ?? dicts.flatMap((dict) => textsOf(syntax, unwrap(syntax, dict.value)));
    texts.set(table, ofTable);
    found.set(`${table}\n${lastName}`, { name, lastName, texts: ofTable });
  }
  return [...found.values()];
});

function textsOf(syntax: SyntaxArrays, dictionary: number): readonly number[] {
  return pairsOf(syntax, dictionary).map(({ value }) => value);
}

function tableOf(syntax: SyntaxArrays, node: number): string | undefined {
  if (syntax.kind[node] === Kind.subscript) {
    const key = childByField(syntax, node, Field.subscript);
    return syntax.kind[key] === Kind.string ? undefined : textOf(syntax, childByField(syntax, node, Field.value));
  }
  if (syntax.kind[node] !== Kind.call) return undefined;
  const callee = childByField(syntax, node, Field.function);
  const isLookUp = syntax.kind[callee] === Kind.attribute && lastNameOf(syntax, callee) === "get";
  return isLookUp ? textOf(syntax, childByField(syntax, callee, Field.object)) : undefined;
}
