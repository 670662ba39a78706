import { Field, Kind } from "../../python/kinds.ts";
import { lastPart } from "../../python/last-part.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import { groupByEach } from "../../rules/indexed-facts.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { brief } from "../shared/brief.ts";
import { factIndex } from "../shared/fact-index.ts";
import { callsIn } from "../shared/leaves-a-record.ts";
import { nameWords } from "../shared/name-words.ts";
import { variablesIn } from "./conditions.ts";
import { isProtecting } from "./protections.ts";
import { isRefusing } from "./refusing-block.ts";

/** Checks that stood in front of what a function does, and that come after it now. */
export const lateCheck: ChangeDetector = {
  kind: "change",
  name: "late-check",
  prepare: () => ({ concerns: ({ removed, added }) => hasSameLine(removed, added), detect }),
};

/** What moved is there on both sides. */
function hasSameLine(removed: string, added: string): boolean {
  const known = new Set(removed.split("\n").map((line) => line.trim()));
  return added.split("\n").some((line) => line.trim().length > 3 && known.has(line.trim()));
}

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const then = blocksByScope(base);
  for (const [scope, blocks] of blocksByScope(head)) {
    const found = firstMoved(then.get(scope) ?? [], blocks);
    if (found === undefined) continue;
    const fields = { check: brief(found.check.asked), use: found.use.name, function: lastPart(scope) };
    yield { node: found.check.node, fields };
  }
}

interface Statement {
  readonly node: number;
  /** Without spaces. */
  readonly text: string;
}

interface Check extends Statement {
  /** The condition or call, as it is written. */
  readonly asked: string;
  /** The variables that it is about. */
  readonly subjects: ReadonlySet<string>;
}

interface Use extends Statement {
  /** What is called, as it is written. */
  readonly name: string;
}

interface Block {
  readonly facts: ModuleFacts;
  readonly statements: readonly Statement[];
  /** Where the statements stand that are there once, by their texts. */
  readonly places: ReadonlyMap<string, number>;
}

/** Statements beyond which a block is a list of things. */
const MOST_STATEMENTS = 200;
/** Blocks of the base that one of the head is compared with. */
const MOST_BLOCKS = 20;

/** The blocks of each function, by the function's qualified name. */
function blocksByScope(facts: ModuleFacts): ReadonlyMap<string, readonly Block[]> {
  const { syntax } = facts;
  const inFunctions = [...nodesOfKind(syntax, Kind.block)].flatMap((node) => {
    const scope = facts.scopeOf(node + 1);
    const statements = scope === "" ? [] : namedChildren(syntax, node);
    return statements.length === 0 || statements.length > MOST_STATEMENTS ? [] : [{ scope, statements }];
  });
  const blocks = inFunctions.map(({ scope, statements }) => ({ scope, block: blockOf(facts, statements) }));
  const byScope = Map.groupBy(blocks, ({ scope }) => scope);
  return new Map([...byScope].map(([scope, group]) => [scope, group.map(({ block }) => block)]));
}

function blockOf(facts: ModuleFacts, nodes: readonly number[]): Block {
  const statements = nodes.map((node) => ({ node, text: textOf(facts.syntax, node).replaceAll(/\s+/g, "") }));
  const byText = Map.groupBy(statements.entries(), ([, { text }]) => text);
  const single = [...byText].flatMap(([text, [[at], ...others]]) => (others.length === 0 ? [[text, at] as const] : []));
  return { facts, statements, places: new Map(single) };
}

/** Compares a block of the head with those of the base that have one of its checks. */
function firstMoved(then: readonly Block[], now: readonly Block[]): ReturnType<typeof movedCheck> {
  const byText = groupByEach(then, ({ places }) => [...places.keys()]);
  for (const after of now) {
    const checks = after.statements.filter((one) => byText.has(one.text) && asCheck(after.facts, one) !== undefined);
    const alike = new Set(checks.flatMap(({ text }) => byText.get(text) ?? []));
    for (const before of [...alike].slice(0, MOST_BLOCKS)) {
      const found = movedCheck(before, after);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A check of the head that comes behind a use which it came before at the base; both are there once, and as they were. */
function movedCheck(before: Block, after: Block): { readonly check: Check; readonly use: Use } | undefined {
  const head = after.facts;
  for (const statement of after.statements) {
    const checkThen = before.places.get(statement.text);
    const checkNow = after.places.get(statement.text);
    const check = checkThen === undefined || checkNow === undefined ? undefined : asCheck(head, statement);
    if (check === undefined || checkThen === undefined || checkNow === undefined) continue;
    for (const other of after.statements.slice(0, checkNow)) {
      const useThen = before.places.get(other.text);
      if (useThen === undefined || !after.places.has(other.text) || useThen < checkThen) continue;
      const use = asUse(head, other, check.subjects);
      // What was refused before may be refused by another check in front of the use.
      if (use !== undefined && countOfChecks(after, other) < countOfChecks(before, other)) return { check, use };
    }
  }
  return undefined;
}

/** How many checks stand in front of a statement that is in the block once. */
function countOfChecks(block: Block, { text }: Statement): number {
  return checksBefore(block)[block.places.get(text) ?? 0] ?? 0;
}

const checksBefore = oncePer(({ facts, statements }: Block): readonly number[] => {
  let count = 0;
  return statements.map((one) => (asCheck(facts, one) === undefined ? count : count++));
});

/** An `if` that refuses, or a call that does nothing else, `verify_signature(body)`. */
function asCheck(facts: ModuleFacts, statement: Statement): Check | undefined {
  const { syntax } = facts;
  const { node } = statement;
  if (syntax.kind[node] === Kind.if_statement) {
    const block = childByField(syntax, node, Field.consequence);
    const isOne = block !== NONE && childByField(syntax, node, Field.alternative) === NONE && isRefusing(facts, block);
    const condition = childByField(syntax, node, Field.condition);
    const asked = textOf(syntax, condition);
    return isOne
      ? { ...statement, asked, subjects: withMakers(facts, facts.scopeOf(node), variablesIn(facts, condition)) }
      : undefined;
  }
  const call = callOf(facts, node);
  if (call === undefined || !isProtecting(call, NO_SANITIZERS)) return undefined;
  const subjects = new Set(call.args.flatMap((argument) => variablesIn(facts, argument.node)));
  return { ...statement, asked: textOf(syntax, call.node), subjects };
}

/** Variables, and what a call was given that one of them was found by: `number` of `order = find_order(number)`. */
function withMakers(facts: ModuleFacts, scope: string, names: readonly string[]): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of names) {
    const made = factIndex(facts).assignmentsTo(scope, name);
    const [only] = made;
    const call = only && factIndex(facts).callAt.get(only.value);
    if (made.length > 1 || call === undefined) continue;
    for (const { node } of call.args) for (const one of variablesIn(facts, node)) found.add(one);
  }
  return found;
}

const NO_SANITIZERS = { sanitizers: new Set<string>() };

/** A call on a line of its own, or one whose result is given a name. */
function callOf(facts: ModuleFacts, statement: number): CallFact | undefined {
  if (facts.syntax.kind[statement] !== Kind.expression_statement) return undefined;
  const [first] = callsIn(facts, statement);
  return first;
}

/** A call that changes something with what the check is about. */
function asUse(facts: ModuleFacts, statement: Statement, subjects: ReadonlySet<string>): Use | undefined {
  const call = callOf(facts, statement.node);
  if (call === undefined || isProtecting(call, NO_SANITIZERS)) return undefined;
  const [first = ""] = nameWords(lastPart(call.name));
  if (!CHANGES.has(first) && !call.callee.some((path) => RUNS.test(path))) return undefined;
  const isAbout = variablesIn(facts, statement.node).some((name) => subjects.has(name));
  return isAbout ? { ...statement, name: call.name } : undefined;
}

/** First words of what cannot be taken back. */
const CHANGES = new Set(
  (
    "save store write delete remove unlink create insert update execute send post put publish charge pay transfer " +
    "capture refund withdraw extract extractall run enqueue delay apply dispatch import restore grant revoke login " +
    "rename replace upload deploy approve cancel accept archive move persist assign set debit credit deposit reset " +
    "disable destroy drop purge wipe erase terminate"
  ).split(" "),
);

/** What runs or reads whatever it is given. */
const RUNS =
  /^(?:pickle|marshal|dill|yaml|joblib|torch|subprocess|os\.system|requests|httpx|urllib\.request|tarfile|zipfile|shutil)\b/;
