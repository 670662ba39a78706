import { isNode } from "yaml";
import { parseYaml } from "./parse-yaml.ts";

export type OpenedYaml =
  /** `lineAt` gives the 1-based line of the deepest part of a key's path that is there. */
  | { readonly kind: "read"; readonly value: unknown; readonly lineAt: (at: readonly PropertyKey[]) => number }
  | { readonly kind: "broken"; readonly line: number };

/** A file of somebody else's as plain data. Aliases are not followed: a few lines of them make gigabytes. */
export function openYaml(text: string): OpenedYaml {
  const parsed = parseYaml(text);
  if (parsed.kind === "broken") return parsed;
  const { document, lineOf } = parsed;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    const lineAt = (at: readonly PropertyKey[]) => {
      for (let length = at.length; length > 0; length--) {
        const node = document.getIn(at.slice(0, length), true);
        if (isNode(node) && node.range) return lineOf(node.range[0]);
      }
      return 1;
    };
    return { kind: "read", value, lineAt };
  } catch {
    // An alias, or a value that no JSON has.
    return { kind: "broken", line: 1 };
  }
}
