import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { isPasswordName } from "../secrets/password-name.ts";
import { factIndex } from "../shared/fact-index.ts";

/** Statements that write a row with a column for a password. */
const WRITES = /^\s*(?:insert\s|update\s|replace\s).*\b(?:password|passwd|passwort|pwd)\b/is;
const RUNS = /(?:^|\.)(?:execute|executemany|fetchrow|fetchval)$/;

const HASHES = /hash|crypt|pbkdf2|argon|digest|derive|(?:make|set|encode|secure)_?password/i;

/** Methods that write a document. */
const DOCUMENTS = /(?:^|\.)(?:insert_one|insert|replace_one|update_one|find_one_and_update|put_item|set)$/;

/** Columns that keep text as it is. */
const TEXT_COLUMN =
  /(?:^|\.)(?:Column|mapped_column|CharField|TextField|StringField|Required|Optional|Field|fields\.\w+)\s*\(/;

/** Accounts of Django keep what they are given; only `set_password` and `create_user` hash. */
const DJANGO_USER =
  /^django\.contrib\.auth\.(?:models\.User|get_user_model\(\))(?:\.objects\.(?:create|get_or_create|update_or_create))?$/;

/** Passwords from a request that are written into a database as they came. */
export const storedPassword: ModuleDetector = {
  kind: "module",
  name: "stored-password",
  triggers: { labels: ["remote", "password"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const models = modelsWithPassword(facts);
  for (const call of facts.calls) {
    const where = storedBy(call, models) ?? storedByParameter(facts, call);
    if (where !== undefined && hashesNearby(facts, call.node)) continue;
    if (where !== undefined) yield { node: call.node, fields: { where } };
  }
  for (const fact of facts.assignments) {
    if (!isEntered(fact.valueFact)) continue;
    const [, owner, column] = /^(.*)\.(\w+)$/.exec(fact.name) ?? [];
    if (owner === undefined || column === undefined || !isPasswordName(column)) continue;
    const object =
      facts.syntax.kind[fact.target] === Kind.attribute ? childByField(facts.syntax, fact.target, Field.object) : NONE;
    const paths = object === NONE ? [] : (facts.value(object)?.paths ?? []);
    const isModel = models.some((model) => paths.includes(`${model}()`)) || isMadeFrom(facts, owner, fact.node, models);
    if (isModel && !hashesNearby(facts, fact.node)) yield { node: fact.node, fields: { where: fact.name } };
  }
}

/** Something in the same function hashes: what is stored may be its result, whatever its name. */
function hashesNearby(facts: ModuleFacts, node: number): boolean {
  const scope = facts.scopeOf(node);
  return facts.calls.some(({ node: other, name }) => HASHES.test(name) && facts.scopeOf(other) === scope);
}

/** The same of a password that the function was handed, where nothing in the module hashes one. */
function storedByParameter(facts: ModuleFacts, call: CallFact): string | undefined {
  const isWrite = writesRow(call) || (DOCUMENTS.test(call.name) && call.name.includes("."));
  if (!isWrite || !call.args.some(({ value }) => holds(value, isHandedOver))) return undefined;
  const handed = parametersAround(facts, call.node).filter(isPasswordName);
  const isKept = handed.some((name) => factIndex(facts).assignmentsTo(facts.scopeOf(call.node), name).length === 0);
  const isHashed =
    facts.calls.some(({ name }) => HASHES.test(name)) || facts.imports.some(({ module }) => HASHES.test(module));
  return isKept && !isHashed ? call.name : undefined;
}

function isHandedOver({ labels, cleared }: ValueFact): boolean {
  const isRead = labels.some((label) => label === "db" || label === "env" || label === "file" || label === "api");
  return labels.includes("password") && !isRead && !cleared.includes("storage");
}

function parametersAround(facts: ModuleFacts, node: number): readonly string[] {
  const scope = facts.scopeOf(node);
  const around = facts.definitions.find(({ kind, qualifiedName }) => kind === "function" && qualifiedName === scope);
  return around?.parameters.map(({ name }) => name) ?? [];
}

/** What takes the password in, as a message shows it. */
function storedBy(call: CallFact, models: readonly string[]): string | undefined {
  if (RUNS.test(call.name))
    return writesRow(call) && call.args.slice(1).some(({ value }) => holds(value, isEntered)) ? call.name : undefined;
  if (DOCUMENTS.test(call.name) && call.name.includes(".")) {
    const isDocument = call.args.some(({ value }) => namedEntries(value).some(isEntered));
    return isDocument ? call.name : undefined;
  }
  const isModel = models.includes(call.name) || call.callee.some((path) => DJANGO_USER.test(path));
  const column = call.args.find(
    ({ keyword, value }) => keyword !== undefined && isPasswordName(keyword) && isEntered(value),
  );
  return isModel && column !== undefined ? `${call.name}(${column.keyword}=…)` : undefined;
}

function isEntered({ labels, cleared }: ValueFact): boolean {
  return labels.includes("password") && labels.includes("remote") && !cleared.includes("storage");
}

function writesRow({ name, args: [statement, parameters] }: CallFact): boolean {
  const texts = statement?.value.constants ?? [];
  return (
    RUNS.test(name) && parameters !== undefined && texts.some((text) => typeof text === "string" && WRITES.test(text))
  );
}

/** A value, an entry or an element for a password of which `test` holds. */
function holds(value: ValueFact, test: (value: ValueFact) => boolean): boolean {
  if (test(value) || namedEntries(value).some(test)) return true;
  return value.elements?.some((element) => test(element) || namedEntries(element).some(test)) ?? false;
}

/** The entries for a password, also of `{"$set": {…}}`. */
function namedEntries({ entries }: ValueFact): readonly ValueFact[] {
  if (entries === undefined) return [];
  return [...entries].flatMap(([key, value]) => {
    if (typeof key !== "string") return [];
    return isPasswordName(key) ? [value] : key.startsWith("$") || key === "Item" ? namedEntries(value) : [];
  });
}

/** Classes of this module that keep a password in a column, and have no setter or validator that could hash it. */
function modelsWithPassword(facts: ModuleFacts): readonly string[] {
  const { syntax } = facts;
  const columns = facts.assignments.filter(
    ({ name, value }) => isPasswordName(name) && TEXT_COLUMN.test(textOf(syntax, value)),
  );
  const owners = new Set(columns.map(({ node }) => facts.scopeOf(node)));
  return facts.definitions
    .filter(({ kind, qualifiedName }) => kind === "class" && owners.has(qualifiedName))
    .filter(
      ({ node }) =>
        !/\.setter\b|validates\(|def\s+(?:save|__setattr__|__init__|set_password|before_\w+)\b/.test(
          textOf(syntax, node),
        ),
    )
    .map(({ name }) => name);
}

/** `user = User(…)` or `user = User.query.get(…)` before, in the same scope. */
function isMadeFrom(facts: ModuleFacts, owner: string, node: number, models: readonly string[]): boolean {
  const scope = facts.scopeOf(node);
  const made = facts.assignments.findLast(
    (fact) => fact.name === owner && fact.node < node && facts.scopeOf(fact.node) === scope,
  );
  if (made === undefined) return false;
  const text = textOf(facts.syntax, made.value);
  return models.some((model) => text.startsWith(`${model}(`) || text.startsWith(`${model}.`));
}
