import type { Specifier } from "./manifest.ts";
import { readSpecifiers } from "./specifiers.ts";

/** `>=1.2 py39_0`: behind the version stands a build. */
const BUILD = /(?<=[\w*])\s+[^\s<>=!~,|].*$/;

/** `=1.2` is any `1.2.x`; behind a second `=` stands a build; `1.2|1.3` are alternatives, of which the first counts. */
export function readCondaSpecifiers(range: string): readonly Specifier[] | undefined {
  const [first = ""] = range.split("|", 1);
  const fuzzy = /^=?\s*(\d[^=\s]*)(?:[=\s]+(\S+))?$/.exec(first);
  if (fuzzy?.[1] === undefined)
    return first === "" || first === "*" ? [] : readSpecifiers(first.replace(BUILD, "").replace(/ +/g, ""));
  const version = fuzzy[1].replace(/\.?\*$/, "");
  const isExact = fuzzy[2] !== undefined || !first.startsWith("=");
  return isExact && version === fuzzy[1]
    ? [{ operator: "==", version, wildcard: false }]
    : [{ operator: "==", version: `${version}.*`, wildcard: true }];
}
