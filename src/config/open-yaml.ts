import { isNode, LineCounter, parseDocument } from "yaml";

export type OpenedYaml =
  /** `lineAt` gives the 1-based line of the deepest part of a key's path that is there. */
  | { readonly kind: "read"; readonly value: unknown; readonly lineAt: (at: readonly PropertyKey[]) => number }
  | { readonly kind: "broken"; readonly line: number };

/** A file of somebody else's as plain data. Aliases are not followed: a few lines of them make gigabytes. */
export function openYaml(text: string): OpenedYaml {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
    const [broken] = document.errors;
    if (broken !== undefined) return { kind: "broken", line: lines.linePos(broken.pos[0]).line };
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    const lineAt = (at: readonly PropertyKey[]) => {
      for (let length = at.length; length > 0; length--) {
        const node = document.getIn(at.slice(0, length), true);
        if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
      }
      return 1;
    };
    return { kind: "read", value, lineAt };
  } catch {
    // An alias, a value that no JSON has, or nesting that is too deep.
    return { kind: "broken", line: 1 };
  }
}
