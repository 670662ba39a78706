import { oncePer } from "../text/once-per.ts";
import { isBelowCondition } from "./below-condition.ts";
import { Field, Kind } from "./kinds.ts";
import { nodesOfKind } from "./nodes-of-kind.ts";
import type { SyntaxArrays } from "./syntax-arrays.ts";
import { childByField, namedChildren, textOf } from "./walk.ts";

/** `os.name == "nt"`, `sys.platform == "win32"`, `platform.system() == "Windows"`, a name such as `self._is_windows`. */
const WINDOWS =
  /^(?:os\.name\s*==\s*["']nt["']|(?:sys\.)?platform\s*==\s*["']win32["']|(?:sys\.)?platform\.startswith\(["']win(?:32)?["']\)|platform\.system\(\)\s*==\s*["']Windows["']|(?:[\w.]+\.)?_*(?:is_|on_)?windows(?:\(\))?)$/i;

/** Whether a node runs on Windows alone: below a condition that asks for it, or behind one that leaves everywhere else. */
export function isOnWindows(syntax: SyntaxArrays, node: number): boolean {
  return isBelowCondition(syntax, node, (condition) => WINDOWS.test(condition.trim())) || isBehindLeaving(syntax, node);
}

/** `if not self._is_windows: return …` in one of the blocks around it, up to the function's own. */
function isBehindLeaving(syntax: SyntaxArrays, node: number): boolean {
  const leaving = firstLeaving(syntax);
  if (leaving.size === 0) return false;
  for (let at = node; at !== 0 && syntax.kind[at] !== Kind.function_definition; at = syntax.parent[at]) {
    const first = leaving.get(syntax.parent[at]);
    if (first !== undefined && first < at) return true;
  }
  return false;
}

/** Of each block the first statement that leaves it everywhere but on Windows. */
const firstLeaving: (syntax: SyntaxArrays) => ReadonlyMap<number, number> = oncePer((syntax) => {
  const found = new Map<number, number>();
  for (const statement of nodesOfKind(syntax, Kind.if_statement)) {
    const block = syntax.parent[statement];
    if (syntax.kind[block] === Kind.block && !found.has(block) && leavesElsewhere(syntax, statement))
      found.set(block, statement);
  }
  return found;
});

function leavesElsewhere(syntax: SyntaxArrays, statement: number): boolean {
  const condition = textOf(syntax, childByField(syntax, statement, Field.condition)).trim();
  const asked = /^not\s+(.+)$/s.exec(condition)?.[1] ?? (condition.includes("!=") ? condition.replace("!=", "==") : "");
  if (!WINDOWS.test(asked)) return false;
  const block = childByField(syntax, statement, Field.consequence);
  const last = namedChildren(syntax, block).at(-1);
  return (
    last !== undefined && (syntax.kind[last] === Kind.return_statement || syntax.kind[last] === Kind.raise_statement)
  );
}
