import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { isPasswordName } from "../secrets/password-name.ts";
import { factIndex } from "../shared/fact-index.ts";
import { HASHES, isHandedOver, keepsHandedPassword } from "./handed-password.ts";

/** Statements that write a row with a column for a password. */
const WRITES = /^\s*(?:insert\s|update\s|replace\s).*\b(?:password|passwd|passwort|pwd)\b/is;
const RUNS = /(?:^|\.)(?:execute|executemany|fetchrow|fetchval)$/;

/** Methods that write a document. */
const DOCUMENTS = /(?:^|\.)(?:insert_one|insert|replace_one|update_one|find_one_and_update|put_item|set)$/;

/** Columns that keep text as it is. */
const TEXT_COLUMN =
  /(?:^|\.)(?:Column|mapped_column|CharField|TextField|StringField|Required|Optional|Field|fields\.\w+)\s*\(/;

/** Accounts of Django keep what they are given; only `set_password` and `create_user` hash. */
const DJANGO_USER =
  /^django\.contrib\.auth\.(?:models\.User|get_user_model\(\))(?:\.objects\.(?:create|get_or_create|update_or_create))?$/;

const DJANGO_ACCOUNT = /^django\.contrib\.auth\.(?:models\.User|get_user_model\(\))\(\)$/;

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
    const where = storedBy(call, models) ?? storedByParameter(facts, call, models);
    if (where !== undefined && hashesNearby(facts, call.node)) continue;
    if (where !== undefined) yield { node: call.node, fields: { where } };
  }
  for (const fact of facts.assignments) {
    const isHanded = isHandedOver(fact.valueFact) && keepsHandedPassword(facts, fact.node);
    if (!isEntered(fact.valueFact) && !isHanded) continue;
    const [, owner, column] = /^(.*)\.(\w+)$/.exec(fact.name) ?? [];
    if (owner === undefined || column === undefined || !isPasswordName(column)) continue;
    const object =
      facts.syntax.kind[fact.target] === Kind.attribute ? childByField(facts.syntax, fact.target, Field.object) : NONE;
    const paths = object === NONE ? [] : (facts.value(object)?.paths ?? []);
    const isModel =
      models.some((model) => paths.includes(`${model}()`)) ||
      paths.some((path) => DJANGO_ACCOUNT.test(path)) ||
      isMadeFrom(facts, owner, fact.node, models);
    if (isModel && !hashesNearby(facts, fact.node)) yield { node: fact.node, fields: { where: fact.name } };
  }
}

/** Something in the same function hashes: what is stored may be its result, whatever its name. */
function hashesNearby(facts: ModuleFacts, node: number): boolean {
  const scope = facts.scopeOf(node);
  return factIndex(facts)
    .callsIn(scope)
    .some(({ name }) => HASHES.test(name));
}

/** The same of a password that the function was handed, where nothing in the module hashes one. */
function storedByParameter(facts: ModuleFacts, call: CallFact, models: readonly string[]): string | undefined {
  const isDocument = DOCUMENTS.test(call.name) && !call.name.endsWith(".set") && call.name.includes(".");
  const stores = models.includes(call.name)
    ? call.args.some(({ keyword, value }) => keyword !== undefined && isPasswordName(keyword) && isHandedOver(value))
    : (writesRow(call) || isDocument) && call.args.some(({ value }) => holds(value, isHandedOver));
  return stores && keepsHandedPassword(facts, call.node) ? call.name : undefined;
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
