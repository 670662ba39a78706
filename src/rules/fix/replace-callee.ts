import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { childByField, positionOf, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import type { TextEdit } from "../../text/span.ts";

/**
 * Calls another function of the same module, the way the old one is imported: `yaml.load` becomes `yaml.safe_load`; after
 * `from yaml import load` the import names the new one as well, or in its place when nothing else uses the old one.
 */
export function replaceCallee(facts: ModuleFacts, call: CallFact, path: string): readonly TextEdit[] | undefined {
  const { syntax } = facts;
  const name = lastPart(path);
  const target = childByField(syntax, call.node, Field.function);
  if (syntax.kind[target] === Kind.attribute)
    return [replace(facts, childByField(syntax, target, Field.attribute), name)];
  if (syntax.kind[target] !== Kind.identifier) return undefined;
  const used = textOf(syntax, target);
  const imported = facts.imports.find(({ alias, member }) => alias === used && member !== undefined);
  if (imported === undefined) return undefined;
  const isThere = facts.imports.find(({ module, member }) => module === imported.module && member === name);
  if (isThere !== undefined) return [replace(facts, target, isThere.alias)];
  const isAliased = imported.member !== used;
  const uses = countUses(facts, used);
  const importText = uses === 1 && !isAliased ? name : `${textOf(syntax, imported.node)}, ${name}`;
  return [replace(facts, imported.node, importText), replace(facts, target, name)];
}

/** Uses of a name outside imports. */
function countUses({ syntax }: ModuleFacts, name: string): number {
  let uses = 0;
  for (let node = 0; node < syntax.count; node++) {
    if (syntax.kind[node] !== Kind.identifier || textOf(syntax, node) !== name) continue;
    const above = syntax.kind[syntax.parent[node]];
    if (above !== Kind.dotted_name && above !== Kind.aliased_import) uses++;
  }
  return uses;
}

function replace({ syntax }: ModuleFacts, node: number, text: string): TextEdit {
  return { span: { start: positionOf(syntax, syntax.start[node]), end: positionOf(syntax, syntax.end[node]) }, text };
}
