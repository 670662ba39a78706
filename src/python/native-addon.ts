import { createRequire } from "node:module";
import type { TreeCursor } from "./fill-arrays.ts";

/** What is used of the package `tree-sitter`. Its own types cannot be: where it is not built they are not installed. */
export interface NativeAddon {
  setLanguage(language: unknown): void;
  /** Null when it was cancelled. */
  parse(
    input: (index: number) => string,
    oldTree?: null,
    options?: { readonly progressCallback: () => boolean },
  ): NativeTree | null;
  reset(): void;
}

interface NativeTree {
  readonly rootNode: { readonly hasError: boolean };
  walk(): TreeCursor;
}

/** A parser of Python; undefined where the addon was not built or cannot load. */
export function loadNativeAddon(): NativeAddon | undefined {
  const require = createRequire(import.meta.url);
  try {
    const Parser = require("tree-sitter") as new () => NativeAddon;
    const parser = new Parser();
    const { name, language } = require("tree-sitter-python") as { readonly name: string; readonly language: unknown };
    // Without the description of its nodes, of which a class each would be made: nodes are never asked, cursors are.
    parser.setLanguage({ name, language });
    return parser;
  } catch {
    return undefined;
  }
}
