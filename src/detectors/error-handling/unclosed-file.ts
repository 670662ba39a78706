import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { AssignmentFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

/** Calls that open something which has to be closed. */
const OPENERS = [
  "open",
  "io.open",
  "codecs.open",
  "os.fdopen",
  "gzip.open",
  "bz2.open",
  "lzma.open",
  "tarfile.open",
].concat(["zipfile.ZipFile", "socket.socket", "socket.create_connection", "sqlite3.connect"]);

/** Files and connections that a function opens for itself and never closes. */
export const unclosedFile: ModuleDetector = {
  kind: "module",
  name: "unclosed-file",
  triggers: { calls: OPENERS },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { callAt } = factIndex(facts);
  for (const fact of facts.assignments) {
    const call = callAt.get(fact.value);
    const isOpened = call?.callee.some((path) => OPENERS.includes(path)) ?? false;
    if (call === undefined || !isOpened || facts.syntax.kind[fact.node] !== Kind.assignment) continue;
    if (facts.scopeOf(fact.node) === "" || !/^\w+$/.test(fact.name)) continue;
    if (isKeptToItself(facts, fact)) yield { node: call.node, fields: { callee: call.name, name: fact.name } };
  }
}

/** Each use reads from it or writes to it: it is not closed, handed on, given back, kept elsewhere or entered. */
function isKeptToItself(facts: ModuleFacts, { name, target }: AssignmentFact): boolean {
  const { syntax } = facts;
  const scope = facts.scopeOf(target);
  for (const node of nodesOfKind(syntax, Kind.identifier)) {
    if (node === target || textOf(syntax, node) !== name || !facts.scopeOf(node).startsWith(scope)) continue;
    const parent = syntax.parent[node];
    const isLooped = LOOPS.has(syntax.kind[parent]) && childByField(syntax, parent, Field.right) === node;
    if (isLooped || (syntax.kind[parent] === Kind.attribute && childByField(syntax, parent, Field.object) !== node))
      continue;
    const method = syntax.kind[parent] === Kind.attribute ? childByField(syntax, parent, Field.attribute) : NONE;
    if (method === NONE || /^(?:close|detach|fileno|__exit__|makefile)$/.test(textOf(syntax, method))) return false;
  }
  return true;
}

const LOOPS: ReadonlySet<number> = new Set([Kind.for_statement, Kind.for_in_clause]);
