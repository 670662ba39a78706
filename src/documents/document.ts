import type { Span } from "../text/span.ts";

/** A file of settings or a template: what is not Python and yet holds what rules look for. Reading never fails. */
export interface DocumentFacts {
  readonly path: string;
  readonly text: string;
  readonly format: DocumentFormat;
  /** In source order; none where the text is not what its name says. */
  readonly values: readonly NamedValue[];
  /** Those that say something to tools, from `#` on, in source order. */
  readonly comments: readonly Span[];
}

/** `text` is read by its words alone: keys, shell scripts; `ignore` is a `.gitignore`. */
export type DocumentFormat = "ignore" | "yaml" | "json" | "toml" | "ini" | "env" | "dockerfile" | "text" | "template";

/** A text beside its name: `password: kartoffel-9`, `ENV TOKEN=…`. */
export interface NamedValue {
  /** The last part of its key. */
  readonly name: string;
  readonly value: string;
  /** Of the value, quotes excluded where it stands there letter by letter. */
  readonly span: Span;
}
