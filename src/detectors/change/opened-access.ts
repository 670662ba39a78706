import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { parametersOf } from "./guards.ts";
import { lostOwner } from "./lost-owner.ts";
import { isReplaced } from "./replaced-guard.ts";
import { nameNode } from "./surroundings.ts";

/** Functions that decided who may, or looked up what is theirs alone, and no longer do. */
export const openedAccess: ChangeDetector = {
  kind: "change",
  name: "opened-access",
  prepare: () => ({ concerns: ({ removed }) => /user|identity|return/i.test(removed), detect }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  for (const after of head.definitions) {
    if (after.kind !== "function") continue;
    const [before, ...others] = base.definitions.filter(({ qualifiedName }) => qualifiedName === after.qualifiedName);
    if (before === undefined || others.length > 0 || textOfOne(base, before) === textOfOne(head, after)) continue;
    const loss = lossOf(sides, before, after);
    if (loss !== undefined) yield { node: nameNode(head, after), fields: { function: after.name, ...loss } };
  }
}

interface Loss {
  /** In words, what the function does now; `by` is code. */
  readonly loss: string;
  readonly by: string;
}

function lossOf(sides: ChangeSides, before: DefinitionFact, after: DefinitionFact): Loss | undefined {
  const { base, head } = sides;
  if (isAlwaysTrue(head, after) && !isAlwaysTrue(base, before))
    return { loss: "lets everyone in: all that it answers is", by: "True" };
  if (parametersText(base, before) !== parametersText(head, after) || isReplaced(sides, before, after))
    return undefined;
  const owned = lostOwner(sides, after.qualifiedName);
  return owned === undefined ? undefined : { loss: "finds what belongs to others, too:", by: owned };
}

/** `has_permission`, `test_func`, `can_edit`, `is_allowed`: what answers whether somebody may. */
const DECIDES =
  /^(?:has_(?:\w+_)?perm(?:ission)?s?|has_access|test_func|can_\w+|(?:is_|user_)\w*(?:allowed|authori[sz]ed|permitted)\w*)$/;

function isAlwaysTrue(facts: ModuleFacts, { name, qualifiedName }: DefinitionFact): boolean {
  const { syntax } = facts;
  if (!DECIDES.test(name)) return false;
  const returned = [...nodesOfKind(syntax, Kind.return_statement)].filter(
    (node) => facts.scopeOf(node) === qualifiedName,
  );
  return (
    returned.length > 0 &&
    returned.every((node) => {
      const value = firstNamedChild(syntax, node);
      return value !== NONE && syntax.kind[value] === Kind.true;
    })
  );
}

function textOfOne({ syntax }: ModuleFacts, { node }: DefinitionFact): string {
  return textOf(syntax, node);
}

function parametersText(facts: ModuleFacts, definition: DefinitionFact): string {
  const node = parametersOf(facts, definition);
  return node === NONE ? "" : textOf(facts.syntax, node).replaceAll(/\s+/g, "");
}
