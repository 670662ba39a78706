import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { withoutSpace } from "../../text/without-space.ts";
import { brief } from "../shared/brief.ts";
import { isCheck } from "./emptied-check.ts";
import { bodyOf } from "./guards.ts";
import type { Loss } from "./weakened-condition.ts";
import { isOfGuard } from "./who-may.ts";

/** What says how a program is run, and nothing of who asks: the environment, settings, a switch. */
const OF_SURROUNDINGS =
  /\benviron\b|\bgetenv\(|\b(?:DEBUG|TESTING|DEVELOPMENT|DEV_MODE)\b|\b(?:settings|config|conf)\b|\b(?:app|current_app)\.(?:debug|testing)\b|\b(?:SKIP|DISABLE|BYPASS|NO)_\w+\b/i;

/** A check in front of which a way around was put that the surroundings open: `if os.environ.get("SKIP_AUTH"): return`. */
export function skippedCheck(
  { base, head }: ChangeSides,
  before: DefinitionFact,
  after: DefinitionFact,
): Loss | undefined {
  if (!isCheck(after.name) && !isOfGuard(after.qualifiedName)) return undefined;
  const known = new Set(statementsOf(base, before).map((node) => withoutSpace(textOf(base.syntax, node))));
  const now = statementsOf(head, after);
  const added = now.findIndex((node) => !known.has(withoutSpace(textOf(head.syntax, node))) && leavesEarly(head, node));
  const behind = now.slice(added + 1);
  // All that stood there before stands behind it: the function does the same, but for those who go around.
  if (added < 0 || behind.length === 0 || behind.some((node) => !known.has(withoutSpace(textOf(head.syntax, node)))))
    return undefined;
  const condition = childByField(head.syntax, now[added] ?? NONE, Field.condition);
  return { loss: "asks nothing where", by: brief(textOf(head.syntax, condition)) };
}

function statementsOf(facts: ModuleFacts, definition: DefinitionFact): readonly number[] {
  const { syntax } = facts;
  const body = bodyOf(facts, definition);
  return body === NONE ? [] : namedChildren(syntax, body).filter((node) => syntax.kind[node] !== Kind.comment);
}

/** `if settings.DEBUG: return`, with nothing else in it that may ask. */
function leavesEarly({ syntax }: ModuleFacts, node: number): boolean {
  if (syntax.kind[node] !== Kind.if_statement) return false;
  const block = childByField(syntax, node, Field.consequence);
  const condition = childByField(syntax, node, Field.condition);
  const [only = NONE, ...others] = block === NONE ? [] : namedChildren(syntax, block);
  if (only === NONE || others.length > 0 || syntax.kind[only] !== Kind.return_statement) return false;
  const isRefusal = /^return\s+(?:False\b|.*\b(?:40[0-9]|redirect|abort|Forbidden|Unauthorized)\b)/s.test(
    textOf(syntax, only),
  );
  return !isRefusal && OF_SURROUNDINGS.test(textOf(syntax, condition));
}
