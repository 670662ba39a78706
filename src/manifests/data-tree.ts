import type { ManifestProblem } from "./manifest.ts";

/** TOML, YAML and JSON as nested tables with offsets: whatever way a table is written, it gives the same tree. */
export type DataNode = DataTable | DataArray | DataString | DataScalar;

export interface DataTable {
  readonly kind: "table";
  readonly entries: ReadonlyMap<string, DataEntry>;
}

export interface DataEntry {
  readonly value: DataNode;
  /** Of the key and value; of a table under a header of its own, of its header. */
  readonly start: number;
  readonly end: number;
  readonly keyStart: number;
  readonly keyEnd: number;
}

export interface DataArray {
  readonly kind: "array";
  readonly items: readonly DataNode[];
}

export interface DataString {
  readonly kind: "string";
  readonly value: string;
  /** Offsets between the quotes when the value stands there letter by letter; of the whole literal when it has escapes. */
  readonly start: number;
  readonly end: number;
  readonly verbatim: boolean;
}

export interface DataScalar {
  readonly kind: "scalar";
  readonly value: boolean | number | bigint | Date;
}

export type DataResult =
  | {
      readonly kind: "tree";
      readonly root: DataTable;
      /** Offsets from `#` to the end of the line, in source order. */
      readonly comments: readonly (readonly [number, number])[];
    }
  | { readonly kind: "broken"; readonly problem: ManifestProblem };

/** The node under `keys`; undefined when one of them is missing or no table. */
export function dataAt(root: DataNode | undefined, ...keys: readonly string[]): DataNode | undefined {
  let node = root;
  for (const key of keys) node = node?.kind === "table" ? node.entries.get(key)?.value : undefined;
  return node;
}

export function dataEntries(node: DataNode | undefined): readonly (readonly [string, DataEntry])[] {
  return node?.kind === "table" ? [...node.entries] : [];
}

export function dataItems(node: DataNode | undefined): readonly DataNode[] {
  return node?.kind === "array" ? node.items : [];
}

export function dataStrings(node: DataNode | undefined): readonly DataString[] {
  return dataItems(node).filter((item) => item.kind === "string");
}

export function dataText(node: DataNode | undefined): string | undefined {
  return node?.kind === "string" ? node.value : undefined;
}
