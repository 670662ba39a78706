import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { operands } from "../shared/literal.ts";

const CONSTANT_TIME: ReadonlySet<string> = new Set([
  "hmac.compare_digest",
  "secrets.compare_digest",
  "django.utils.crypto.constant_time_compare",
  "cryptography.hazmat.primitives.constant_time.bytes_eq",
  "nacl.bindings.sodium_memcmp",
]);

/** Functions of a project's own that say so: `constant_time_bytes_eq`, `timing_safe_equal`. */
const NAMED = /(?:^|[._])(?:constant_time_\w+|timing_safe_\w+|\w*safe_str_cmp|compare_digest|secure_compare)$/i;

/** `==` where the base compared the same values in constant time. */
export const removedConstantTime: ChangeDetector = {
  kind: "change",
  name: "removed-constant-time",
  prepare: () => ({ concerns: ({ removed }) => /compare|bytes_eq|memcmp/.test(removed), detect }),
};

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const kept = new Set(comparedInConstantTime(head).map(keyOf));
  const known = new Set(comparedPlainly(base).map(keyOf));
  for (const before of comparedInConstantTime(base)) {
    if (kept.has(keyOf(before))) continue;
    const after = comparedPlainly(head).find(
      (one) =>
        one.scope === before.scope && !known.has(keyOf(one)) && one.sides.some((side) => before.sides.includes(side)),
    );
    if (after === undefined) continue;
    yield {
      node: after.node,
      fields: { before: before.written, left: brief(after.sides[0] ?? ""), right: brief(after.sides[1] ?? "") },
    };
  }
}

interface Comparison {
  readonly node: number;
  readonly scope: string;
  readonly written: string;
  readonly sides: readonly string[];
}

function comparedInConstantTime(facts: ModuleFacts): readonly Comparison[] {
  return facts.calls
    .filter(
      ({ callee, name, args }) =>
        args.length >= 2 && (callee.some((path) => CONSTANT_TIME.has(path)) || NAMED.test(name)),
    )
    .map(({ node, name, args }) => {
      const sides = args.slice(0, 2).map((arg) => textOf(facts.syntax, arg.node));
      return { node, scope: facts.scopeOf(node), written: name, sides };
    });
}

function comparedPlainly(facts: ModuleFacts): readonly Comparison[] {
  const { syntax } = facts;
  const found: Comparison[] = [];
  for (let node = 0; node < syntax.count; node++) {
    if (syntax.kind[node] !== Kind.comparison_operator) continue;
    const operator = syntax.kind[childByField(syntax, node, Field.operators)];
    if (operator !== Kind.token_double_equals && operator !== Kind.token_not_equals) continue;
    const sides = operands(syntax, node).map((side) => textOf(syntax, side));
    if (sides.length === 2) found.push({ node, scope: facts.scopeOf(node), written: "==", sides });
  }
  return found;
}

function keyOf({ scope, sides }: Comparison): string {
  return `${scope}\n${[...sides].sort().join("\n")}`;
}
