import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { ancestorOfKind, childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";

/** Files and definitions of tests: asserts are what they are made of. */
const TEST_FILE = /(?:^|\/)(?:tests|testing)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|tests|conftest)\.pyw?$/;
const TEST_SCOPE = /(?:^|\.)(?:test_?|Test)\w*(?:\.|$)/;

/** Every `assert` that can run, outside of tests. */
export const assertStatement: ModuleDetector = {
  kind: "module",
  name: "assert-statement",
  prepare: () => detect,
};

function* detect({ path, syntax, scopeOf }: ModuleFacts): Generator<Detection> {
  if (TEST_FILE.test(path)) return;
  for (const node of nodesOfKind(syntax, Kind.assert_statement)) {
    if (!isForTypeCheckers(syntax, node) && !TEST_SCOPE.test(scopeOf(node))) yield { node, fields: {} };
  }
}

/** Below `if TYPE_CHECKING:`, which no program enters. */
function isForTypeCheckers(syntax: SyntaxArrays, node: number): boolean {
  const around = ancestorOfKind(syntax, node, Kind.if_statement);
  return around !== NONE && /\bTYPE_CHECKING$/.test(textOf(syntax, childByField(syntax, around, Field.condition)));
}
