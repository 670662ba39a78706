import { Field, Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "./walk.ts";

/** Names of switches by which whoever runs the program gives up a check: `args.insecure`, `no_verify_ssl`, `allow_self_signed`. */
const GIVEN_UP =
  /(?:^|[._])(?:insecure|self_signed|(?:no|skip|disable|ignore|without)_(?:\w+_)?(?:verify|verification|validation|check|ssl|tls|certs?|certificates?))(?:_\w+)?$/i;

/** Names of switches that keep it: `verify`, `tls_validation`, `config.validate_certs`. */
const KEPT =
  /(?:^|[._])(?:(?:\w+_)?(?:verify|verification|validation)|(?:verify|validate|check)_(?:ssl|tls|certs?|certificates?|hostname))(?:_\w+)?$/i;

/** Whether a node runs only where a switch gives up a check by its name: below `if insecure:`, `if not remote.tls_validation:`. */
export function isChosen(syntax: SyntaxArrays, node: number): boolean {
  let at = ancestorOfKind(syntax, node, Kind.if_statement, Kind.elif_clause);
  while (at !== NONE) {
    const consequence = childByField(syntax, at, Field.consequence);
    const inside = consequence !== NONE && consequence <= node && node < syntax.next[consequence];
    if (inside && givesUp(textOf(syntax, childByField(syntax, at, Field.condition)))) return true;
    at = ancestorOfKind(syntax, at, Kind.if_statement, Kind.elif_clause);
  }
  return false;
}

function givesUp(condition: string): boolean {
  const kept = /^(?:not\s+([\w.]+)|([\w.]+)\s+(?:is|==)\s+False)$/.exec(condition);
  return kept === null ? GIVEN_UP.test(condition) && /^[\w.]+$/.test(condition) : KEPT.test(kept[1] ?? kept[2] ?? "");
}
