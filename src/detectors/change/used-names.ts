import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";

/** Names outside of imports: an import that is left over registers nothing. */
export function usedNames(facts: ModuleFacts): readonly string[] {
  const { syntax } = facts;
  const found: string[] = [];
  for (let at = 1; at < syntax.count; ) {
    const kind = syntax.kind[at];
    if (kind === Kind.import_from_statement || kind === Kind.import_statement) {
      at = syntax.next[at];
      continue;
    }
    if (kind === Kind.identifier) found.push(textOf(syntax, at));
    at++;
  }
  return found;
}
