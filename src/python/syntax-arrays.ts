/**
 * A parsed file as flat arrays, one entry a node in document order (a parent before its children).
 * The tree itself is gone: everything above the parser walks these by integer index.
 * Native tree-sitter and its WebAssembly build fill them equally.
 */
export interface SyntaxArrays {
  readonly text: string;
  /** How many nodes; node 0 is the module. */
  readonly count: number;
  /** The grammar's symbol of each node, as a `Kind` of `kinds.ts`; anonymous tokens are included. */
  readonly kind: Uint16Array;
  /** The field under which the parent holds the node, as a `Field` of `kinds.ts`; 0 where none. */
  readonly field: Uint8Array;
  /** Offsets in UTF-16 code units, `[start, end)`. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** Index of the parent; 0 for the module itself. */
  readonly parent: Uint32Array;
  /** Index after the last node of the subtree: a node's children are `i + 1`, then `next[i + 1]`, … while `< next[i]`. */
  readonly next: Uint32Array;
  /** The texts of identifiers, each once, in the order in which they first stand in the text. */
  readonly names: readonly string[];
  /** Of an identifier: which of `names` it is; 0 of any other node. */
  readonly name: Uint32Array;
  /** Offsets at which each line starts, `lineStarts[0] === 0`. */
  readonly lineStarts: Uint32Array;
  /** Nodes that are ERROR or MISSING, in order: where the text is not Python. */
  readonly errors: readonly number[];
  /** Whether the parser had to guess anywhere, also where no node shows it. */
  readonly hasError: boolean;
}

/** Why a text has no syntax arrays: each becomes a notice, none is a crash. */
export type ParseRefusal = {
  readonly kind: "refused";
  readonly reason: "too-large" | "too-many-nodes" | "too-slow" | "too-many-continuations";
  /** What was measured, and the limit it met, for the notice. */
  readonly measured: number;
  readonly limit: number;
};

export interface PythonParser {
  readonly name: "native" | "wasm";
  parse(text: string): SyntaxArrays | ParseRefusal;
}
