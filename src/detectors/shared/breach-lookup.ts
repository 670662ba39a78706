import { Kind } from "../../python/kinds.ts";
import { ancestorOfKind, NONE, textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";

/**
 * Whether the function around a node asks the list of leaked passwords at `api.pwnedpasswords.com`, which is done by the first five digits
 * of their SHA-1.
 */
export function asksForBreaches({ syntax }: ModuleFacts, node: number): boolean {
  const around = ancestorOfKind(syntax, node, Kind.function_definition);
  return around !== NONE && textOf(syntax, around).includes("pwnedpasswords.com");
}
