import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";

/** Attributes of a cookie of `http.cookies`, and what happens without them. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ["httponly", "scripts of the page can read the cookie"],
  ["secure", "the cookie also travels over plain HTTP"],
  ["samesite", "older browsers send the cookie along with requests of other sites"],
]);

/** `cookie["sid"]["httponly"] = True`, where the function still sets other attributes of the same cookie. */
export const removedCookieFlag: ChangeDetector = {
  kind: "change",
  name: "removed-cookie-flag",
  prepare: () => ({
    concerns: ({ removed }) => /\[\s*["'](?:httponly|secure|samesite)["']\s*\]\s*=/i.test(removed),
    detect,
  }),
};

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const now = attributesIn(head);
  for (const before of attributesIn(base)) {
    const without = FLAGS.get(before.key);
    if (without === undefined || isNothing(base, before.value)) continue;
    const same = now.filter(({ scope, cookie }) => scope === before.scope && cookie === before.cookie);
    const after = same.find(({ key }) => key === before.key);
    const isTurned = after !== undefined && isNothing(head, after.value);
    const [place] = isTurned ? [after] : same;
    if (place === undefined || (after !== undefined && !isTurned)) continue;
    yield { node: place.node, fields: { does: isTurned ? "switches off" : "takes out", name: before.key, without } };
  }
}

interface Attribute {
  /** The assignment. */
  readonly node: number;
  readonly scope: string;
  /** As it is written: `cookie["sid"]`. */
  readonly cookie: string;
  readonly key: string;
  readonly value: number;
}

function attributesIn(facts: ModuleFacts): readonly Attribute[] {
  const { syntax } = facts;
  return [...nodesOfKind(syntax, Kind.assignment)].flatMap((node) => {
    const target = childByField(syntax, node, Field.left);
    const value = childByField(syntax, node, Field.right);
    if (target === NONE || value === NONE || syntax.kind[target] !== Kind.subscript) return [];
    const [object = NONE, index = NONE] = namedChildren(syntax, target);
    const key = index === NONE ? undefined : literalText(syntax, index)?.toLowerCase();
    if (key === undefined || syntax.kind[object] !== Kind.subscript) return [];
    return [{ node, scope: facts.scopeOf(node), cookie: textOf(syntax, object), key, value }];
  });
}

function isNothing(facts: ModuleFacts, value: number): boolean {
  const { constants } = facts.value(value) ?? { constants: [] };
  return constants.length > 0 && constants.every((one) => !one);
}
