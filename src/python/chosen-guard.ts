import { isBelowCondition, isBelowElse } from "./below-condition.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";

/** Names of switches by which whoever runs the program gives up a check: `args.insecure`, `no_verify_ssl`, `allow_self_signed`. */
const GIVEN_UP =
  /(?:^|[._])(?:insecure|self_signed|(?:no|skip|disable|ignore|without)_(?:\w+_)?(?:verify|verification|validation|check|ssl|tls|certs?|certificates?))(?:_\w+)?$/i;

/** Names of switches that keep it: `verify`, `tls_validation`, `config.validate_certs`. */
const KEPT =
  /(?:^|[._])(?:(?:\w+_)?(?:verify|verified|verification|validation)|(?:verify|validate|check)_(?:ssl|tls|certs?|certificates?|hostname))(?:_\w+)?$/i;

/**
 * Whether a node runs only where a switch gives up a check by its name: below `if insecure:`, `if not remote.tls_validation:`, in the `else`
 * of `if verify:`.
 */
export function isChosen(syntax: SyntaxArrays, node: number): boolean {
  return isBelowCondition(syntax, node, givesUp) || isBelowElse(syntax, node, (condition) => KEPT.test(condition));
}

function givesUp(condition: string): boolean {
  const kept = /^(?:not\s+([\w.]+)|([\w.]+)\s+(?:is|==)\s+False)$/.exec(condition);
  return kept === null ? GIVEN_UP.test(condition) && /^[\w.]+$/.test(condition) : KEPT.test(kept[1] ?? kept[2] ?? "");
}
