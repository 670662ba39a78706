import { Field, Kind } from "../../python/kinds.ts";
import { childByField, namedChildren, textOf } from "../../python/walk.ts";
import { maskOf } from "../guards/guard-text.ts";
import { evaluateAgain, narrow } from "../guards/narrow.ts";
import type { Machine } from "../machine/machine.ts";
import { withClearedElements } from "../values/carry.ts";
import { keyOf } from "../values/names.ts";
import type { State } from "../values/state.ts";
import type { Value } from "../values/value.ts";

/** What the variable of a loop is in a state. */
export function variable({ syntax, frame }: Machine, state: State, target: number): Value | undefined {
  return syntax.kind[target] === Kind.identifier ? state.get(keyOf(frame, textOf(syntax, target))) : undefined;
}

/** The kinds that every turn that ends proves its element harmless for: `for one in names: if one not in ALLOWED: abort()`. */
export function provedOfEach(
  machine: Machine,
  ends: readonly State[],
  target: number,
  given: Value | undefined,
): number {
  if (given === undefined || given.labels === 0 || ends.length === 0 || isReplaced(machine, target)) return 0;
  return ends.reduce((mask, end) => {
    const left = variable(machine, end, target);
    // Each turn gives the variable its labels anew, at the same place.
    const isSame = left !== undefined && left.labels === given.labels && left.origin?.node === given.origin?.node;
    if (!isSame) return 0;
    // One of a few constants is harmless where it stands alone; in a text it means what its characters do.
    const isText = given.text && left.constants !== undefined;
    const ofText = isText ? maskOf(machine, new Set(left.constants?.map(String).join("") ?? "")) : -1;
    return mask & left.cleared & ~given.cleared & ofText;
  }, -1);
}

/** `for part in parts: if not part.isalnum(): part = "x"`: the variable is something else then, the sequence what it was. */
function isReplaced({ syntax }: Machine, target: number): boolean {
  const loop = syntax.parent[target];
  const body = childByField(syntax, loop, Field.body);
  const name = textOf(syntax, target);
  for (let node = body; node < syntax.next[body]; node++) {
    if (syntax.kind[node] !== Kind.identifier || textOf(syntax, node) !== name) continue;
    if (
      syntax.kind[syntax.parent[node]] === Kind.assignment &&
      childByField(syntax, syntax.parent[node], Field.left) === node
    )
      return true;
  }
  return false;
}

/** What every element is harmless for the whole is, too; a text of harmless characters is no longer one of a few constants. */
export function proveElements(machine: Machine, node: number, iterated: Value, mask: number): void {
  const { origin } = evaluateAgain(machine, node);
  if (origin !== iterated.origin) return;
  const isText = iterated.refs.length === 0;
  narrow(machine, node, isText ? mask & machine.models.kindMask(["injection"]) : mask);
  if (!isText) withClearedElements(machine, iterated, mask);
}

/** What each turn proves of its element: of the sequence, where all of them do, and of those that are written out there. */
export function proveTurns(
  machine: Machine,
  node: number,
  iterated: Value,
  elements: readonly Value[],
  proofs: readonly number[],
): void {
  const { syntax } = machine;
  const isWrittenOut = DISPLAYS.has(syntax.kind[node]);
  const parts = isWrittenOut ? namedChildren(syntax, node) : [];
  if (parts.length === elements.length)
    parts.forEach((part, index) => {
      if (proofs[index] !== 0) narrow(machine, part, proofs[index]);
    });
  const isLabelled = elements.some(({ labels }) => labels !== 0);
  const mask = elements.reduce((all, { labels }, index) => (labels === 0 ? all : all & proofs[index]), -1);
  if (isLabelled && mask !== 0) proveElements(machine, node, iterated, mask);
}

const DISPLAYS: ReadonlySet<number> = new Set([Kind.tuple, Kind.list, Kind.expression_list]);
