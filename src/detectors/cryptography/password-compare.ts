import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { factIndex } from "../shared/fact-index.ts";
import { operands, unwrap } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { isPasswordColumn } from "./password-column.ts";

const PASSWORD = new Set(["password", "passwd", "pwd", "passphrase"]);

/** Words around it with which a name means a hash, or the other field of a form. */
const OTHER_SENSE = new Set([
  "hash",
  "hashed",
  "digest",
  "encrypted",
  "confirm",
  "confirmation",
  "repeat",
  "again",
  "retype",
  "old",
  "new",
  "type",
  "field",
  "state",
]);

/** Objects that hold what a person enters. */
const INPUT_OBJECTS =
  /(?:^|\.)(?:form|forms|request|req|data|cleaned_data|validated_data|attrs|args|values|json|payload|body|POST|GET|params|input)$/i;

/** `==` and `!=` between the password of a record and one that was entered. */
export const passwordCompare: ModuleDetector = {
  kind: "module",
  name: "password-compare",
  triggers: { words: [...PASSWORD] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.comparison_operator)) {
    const operator = syntax.kind[childByField(syntax, node, Field.operators)];
    if (operator !== Kind.token_double_equals && operator !== Kind.token_not_equals) continue;
    const [left, right, more] = operands(syntax, node);
    if (left === undefined || right === undefined || more !== undefined) continue;
    const stored = isStored(facts, left) ? left : isStored(facts, right) ? right : undefined;
    const entered = stored === left ? right : left;
    if (stored === undefined || !isEntered(facts, entered) || isHashedBefore(facts, entered)) continue;
    // A mark in its place, `"REDACTED"`, is entered by nobody.
    if (facts.value(entered)?.constancy === "constant") continue;
    if (operator === Kind.token_not_equals && asksForChanges(facts, stored)) continue;
    yield { node, fields: { stored: textOf(syntax, stored) } };
  }
  yield* lookedUp(facts);
}

/** Fields of a record by which somebody signs in. */
const OF_SIGN_IN = /name|mail|login|user|account|phone|pass|secret|code|token|pin|id$/i;

/** Other fields of a record that are compared before it is told to be about changes. */
const COMPARED = 2;

/** `if account["shell"] != shell: …` beside it, and so on: which fields of a record are no longer what they should be. */
function asksForChanges(facts: ModuleFacts, stored: number): boolean {
  const compared = comparedFields(facts).get(placeOf(facts, stored));
  return (compared?.size ?? 0) >= COMPARED;
}

/** The fields that each function compares with a variable of their name, those of a sign-in left out, by record. */
const comparedFields: (facts: ModuleFacts) => ReadonlyMap<string, ReadonlySet<string>> = oncePer((facts) => {
  const { syntax } = facts;
  const fields = new Map<string, Set<string>>();
  for (const node of nodesOfKind(syntax, Kind.comparison_operator)) {
    if (syntax.kind[childByField(syntax, node, Field.operators)] !== Kind.token_not_equals) continue;
    const [field, given] = operands(syntax, node);
    if (field === undefined || given === undefined || recordOf(facts, field) === undefined) continue;
    const name = lastNameOf(syntax, field) ?? "";
    if (name === "" || name !== lastNameOf(syntax, given) || OF_SIGN_IN.test(name)) continue;
    const place = placeOf(facts, field);
    fields.set(place, (fields.get(place) ?? new Set()).add(name));
  }
  return fields;
});

function placeOf(facts: ModuleFacts, field: number): string {
  return `${facts.scopeOf(field)}\n${recordOf(facts, field)}`;
}

/** `User.query.filter_by(name=name, password=form["password"])`, and a statement of SQL: a record is found by its password. */
function* lookedUp(facts: ModuleFacts): Generator<Detection> {
  for (const { name, args } of facts.calls) {
    const given = looksUp(name)
      ? args.filter(({ keyword }) => keyword !== undefined && PASSWORD.has(keyword)).map(({ node }) => node)
      : /\.(?:execute|fetch_?(?:one|row|val)|query_one)$/.test(name)
        ? valuesOfStatement(facts, args)
        : [];
    const by = given.find((node) => isEntered(facts, node) && !isHashedBefore(facts, node));
    if (by !== undefined && !NOT_OF_ACCOUNTS.test(name)) yield { node: by, fields: { stored: "password" } };
  }
}

/** Lists of passwords that nobody may take. */
const NOT_OF_ACCOUNTS = /leak|breach|pwned|common|banned|forbidden|weak|black_?list|deny|history/i;

/** The values of a statement that compares the column of passwords with one of them. */
function valuesOfStatement({ syntax }: ModuleFacts, [statement, values]: CallFact["args"]): readonly number[] {
  if (statement === undefined || values === undefined) return [];
  const text = String(statement.value.constants[0] ?? "");
  if (text.length > LONGEST_STATEMENT || !COMPARES.test(text)) return [];
  const parts = operands(syntax, unwrap(syntax, values.node));
  return parts.map((part) => (syntax.kind[part] === Kind.pair ? childByField(syntax, part, Field.value) : part));
}

const COMPARES = /^\s*select\b[^;]*\swhere\b[^;]*\b(?:password|passwd|pwd|passphrase)\s*=\s*(?:\?|%s|:\w|%\(|\$\d)/i;

/** In characters: `COMPARES` takes the square of it. */
const LONGEST_STATEMENT = 4_000;

/** `User.query.filter_by`, `session.query(User).filter`, `get_object_or_404`. */
function looksUp(name: string): boolean {
  if (!/(?:\.(?:filter|filter_by|get|get_or_none|exclude)|\bget_object_or_404)$/.test(name)) return false;
  return name.endsWith("get_object_or_404") || /\.(?:objects|query)[.(]/.test(name);
}

/** `password = hash_of(password)`: the name holds a hash by then. */
function isHashedBefore(facts: ModuleFacts, node: number): boolean {
  const { syntax } = facts;
  const made = factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, node));
  return made.some(({ value }) => /hash|digest|md5|sha\d|crypt|encode_/i.test(textOf(syntax, value)));
}

/** The attribute or entry of something that is no form and no request, or a column of a row. */
function isStored(facts: ModuleFacts, node: number): boolean {
  if (isPasswordColumn(facts, node)) return true;
  const record = recordOf(facts, node);
  return record !== undefined && !INPUT_OBJECTS.test(record) && isPassword(facts, node);
}

function isEntered(facts: ModuleFacts, node: number): boolean {
  const record = recordOf(facts, node);
  return (record === undefined || INPUT_OBJECTS.test(record)) && isPassword(facts, node);
}

function isPassword(facts: ModuleFacts, node: number): boolean {
  const words = nameWords(lastNameOf(facts.syntax, node) ?? "");
  return words.some((word) => PASSWORD.has(word)) && !words.some((word) => OTHER_SENSE.has(word));
}

/** What is before the last dot or bracket; undefined for a plain name. */
function recordOf(facts: ModuleFacts, node: number): string | undefined {
  const { syntax } = facts;
  const field =
    syntax.kind[node] === Kind.attribute
      ? Field.object
      : syntax.kind[node] === Kind.subscript
        ? Field.value
        : undefined;
  const object = field === undefined ? NONE : childByField(syntax, node, field);
  return object === NONE ? undefined : textOf(syntax, object);
}
