import { isBelowCondition, isBelowElse, isBelowLastElse } from "./below-condition.ts";
import { Kind } from "./kinds.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { ancestorOfKind, NONE, namedChildren, textOf } from "./walk.ts";

/** Names of switches by which whoever runs the program gives up a check: `args.insecure`, `no_verify_ssl`, `allow_self_signed`. */
const GIVEN_UP =
  /(?:^|[._])(?:insecure|self_signed|accept_(?:new_)?host_?keys?|(?:no|skip|disable|ignore|without)_(?:\w+_)?(?:verify|verification|validation|check|ssl|tls|certs?|certificates?))(?:_\w+)?$/i;

/** Names of switches that keep it: `verify`, `tls_validation`, `config.validate_certs`. */
const KEPT =
  /(?:^|[._])(?:(?:\w+_)?(?:verify|verified|verification|validation)|(?:verify|validate|check)_(?:ssl|tls|certs?|certificates?|hostname))(?:_\w+)?$/i;

/** `mode == "none"`. */
const OFF = /==\s*["']?(?:\w+\.)*(?:none|off|never|no|disabled?)["']?$/i;

/**
 * Whether a node runs only where a switch gives up a check by its name: below `if insecure:`, `if not remote.tls_validation:`, in the `else`
 * of `if verify:`.
 */
export function isChosen(syntax: SyntaxArrays, node: number): boolean {
  return (
    isBelowCondition(syntax, node, givesUp) ||
    isBelowElse(syntax, node, (condition) => KEPT.test(named(condition))) ||
    isBelowLastElse(syntax, node, isComparedMode) ||
    isInBranch(syntax, node)
  );
}

/** `verify_mode == Mode.REQUIRED`: a switch of several positions, each of which is asked for. */
function isComparedMode(condition: string): boolean {
  const [, mode = ""] = /^([\w.]+)\s*==\s*["']?[\w.]+["']?$/.exec(named(condition)) ?? [];
  return KEPT.test(mode);
}

/** `open_verified() if verify_ssl else open_unverified()`. */
function isInBranch(syntax: SyntaxArrays, node: number): boolean {
  let at = ancestorOfKind(syntax, node, Kind.conditional_expression);
  for (; at !== NONE; at = ancestorOfKind(syntax, at, Kind.conditional_expression)) {
    const [first = NONE, condition = NONE, last = NONE] = namedChildren(syntax, at);
    const text = condition === NONE ? "" : textOf(syntax, condition);
    if (last <= node && last !== NONE ? KEPT.test(named(text)) : first <= node && node < condition && givesUp(text))
      return true;
  }
  return false;
}

/** One switch, or any of several, each of which gives the check up. */
function givesUp(condition: string): boolean {
  return condition.split(/\s+or\s+/).every((one) => {
    const plain = named(one);
    const kept = /^(?:not\s+([\w.]+)|([\w.]+)\s+(?:is|==)\s+False)$/.exec(plain);
    if (OFF.test(plain)) return isComparedMode(plain);
    return kept === null ? GIVEN_UP.test(plain) && /^[\w.]+$/.test(plain) : KEPT.test(kept[1] ?? kept[2] ?? "");
  });
}

/** A switch by its name: `options["insecure"]`, `kwargs.pop("verify_ssl", True)` as `options.insecure`, `settings().insecure`. */
function named(condition: string): string {
  return condition
    .replaceAll(/\[["'](\w+)["']\]/g, ".$1")
    .replaceAll(/\.(?:get|pop)\(["'](\w+)["'](?:,\s*\w+)?\)/g, ".$1")
    .replaceAll(/\(\)(?=\.)/g, "");
}
