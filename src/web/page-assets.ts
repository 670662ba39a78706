import { readFileSync } from "node:fs";

export interface PageAsset {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

const OWN = new URL("../../assets/", import.meta.url);
const SCRIPT = "text/javascript; charset=utf-8";

/** By name, every file that pages refer to: the product's own, and the search library as its package has it. */
const FILES: Readonly<Record<string, { readonly type: string; readonly file: URL }>> = {
  "site.css": { type: "text/css; charset=utf-8", file: new URL("site.css", OWN) },
  "icon.svg": { type: "image/svg+xml", file: new URL("icon.svg", OWN) },
  "rules.js": { type: SCRIPT, file: new URL("rules.js", OWN) },
  "playground.js": { type: SCRIPT, file: new URL("playground.js", OWN) },
  "minisearch.js": { type: SCRIPT, file: new URL(import.meta.resolve("minisearch")) },
};

export function readPageAssets(): ReadonlyMap<string, PageAsset> {
  return new Map(
    Object.entries(FILES).map(([name, { type, file }]) => [name, { type, body: new Uint8Array(readFileSync(file)) }]),
  );
}
