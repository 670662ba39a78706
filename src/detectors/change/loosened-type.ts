import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind, nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, childByField, firstNamedChild, NONE, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { DefinitionFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { asksNoLess } from "./removed-constraint.ts";
import { loosenedParts } from "./route-patterns.ts";
import { looserType } from "./type-checks.ts";

/** Fields of schemas and parameters of routes whose type looked at what they hold, and that take any text or number now. */
export const loosenedType: ChangeDetector = {
  kind: "change",
  name: "loosened-type",
  prepare: () => ({
    concerns: ({ added }) =>
      /:[^:\n]*\b(?:str|int|float|bytes|Any|dict|object)\b|Field\(|fields\.|["'][^"'\n]*[<{]/.test(added),
    detect,
  }),
};

function* detect(sides: ChangeSides): Generator<Detection> {
  const { base, head } = sides;
  for (const { node, name, before, takes } of loosenedParts(sides))
    yield { node, fields: { holder: name, before, takes } };
  const then = typedIn(base);
  const isEnumeration = (name: string) => isEnumerationIn(sides, name);
  for (const [key, after] of typedIn(head)) {
    const before = then.get(key);
    if (before === undefined || after === undefined || before.type === after.type || before.given !== after.given)
      continue;
    const looser = looserType(before.type, after.type, isEnumeration);
    if (looser === undefined || asksNoLess(sides, after)) continue;
    yield {
      node: after.node,
      fields: { holder: after.name, before: looser.lost.replaceAll(",", ", "), takes: looser.takes },
    };
  }
}

interface Typed {
  readonly name: string;
  /** The qualified name of the class or function around it. */
  readonly scope: string;
  /** The statement of a field, or the parameter. */
  readonly node: number;
  /** As it is written, without spaces. */
  readonly type: string;
  /** Its value, or what its class is told beside the type. */
  readonly given: string;
}

/** By scope and name; undefined where a name is declared more than once. */
function typedIn(facts: ModuleFacts): ReadonlyMap<string, Typed | undefined> {
  const found = new Map<string, Typed | undefined>();
  for (const one of [...fieldsIn(facts), ...declaredIn(facts), ...parametersIn(facts)]) {
    const key = `${one.scope}\0${one.name}`;
    found.set(key, found.has(key) ? undefined : one);
  }
  return found;
}

function* fieldsIn(facts: ModuleFacts): Generator<Typed> {
  const { syntax } = facts;
  const schemas = new Set(facts.definitions.filter((one) => isSchema(facts, one)).map((one) => one.qualifiedName));
  for (const node of nodesOfKind(syntax, Kind.assignment)) {
    const type = childByField(syntax, node, Field.type);
    const scope = facts.scopeOf(node);
    if (type === NONE || !schemas.has(scope)) continue;
    const given = asCompact(facts, childByField(syntax, node, Field.right));
    yield {
      name: textOf(syntax, childByField(syntax, node, Field.left)),
      scope,
      node,
      type: asCompact(facts, type),
      given,
    };
  }
}

/** `email = forms.EmailField(required=False)`: the class of the field is its type. */
function* declaredIn(facts: ModuleFacts): Generator<Typed> {
  const { syntax } = facts;
  const forms = new Set(facts.definitions.filter((one) => isForm(facts, one)).map((one) => one.qualifiedName));
  for (const { name, target, node, value } of facts.assignments) {
    const scope = facts.scopeOf(node);
    if (!forms.has(scope) || syntax.kind[value] !== Kind.call) continue;
    const type =
      textOf(syntax, childByField(syntax, value, Field.function))
        .split(".")
        .at(-1) ?? "";
    const args = asCompact(facts, childByField(syntax, value, Field.arguments))
      .replace(CHOICES, "")
      .replace(/,(?=\))/, "");
    yield { name, scope, node: target, type, given: args };
  }
}

/** What a class takes that knows which values there are. */
const CHOICES = /(?<=[(,])(?:choices|queryset|coerce)=(?:[\w.]+(?:\([^()]*\))?|\[(?:[^[\]]|\[[^[\]]*\])*\]),?/g;

function isForm(facts: ModuleFacts, { kind, bases }: DefinitionFact): boolean {
  return kind === "class" && bases.some(({ node }) => /(?:Form|Serializer|Schema)$/.test(textOf(facts.syntax, node)));
}

/** Of what a framework calls with what it was sent. */
function* parametersIn(facts: ModuleFacts): Generator<Typed> {
  const { syntax } = facts;
  const routes = new Map(
    facts.definitions.filter(({ isRoute, kind }) => isRoute && kind === "function").map((one) => [one.node, one]),
  );
  for (const node of nodesOfKinds(syntax, [Kind.typed_parameter, Kind.typed_default_parameter])) {
    const around = ancestorOfKind(syntax, node, Kind.function_definition, Kind.lambda);
    const owner = routes.get(syntax.parent[around]) ?? routes.get(around);
    const type = childByField(syntax, node, Field.type);
    if (owner === undefined || type === NONE) continue;
    const named = [childByField(syntax, node, Field.name), firstNamedChild(syntax, node)].find((at) => at !== NONE);
    if (named === undefined) continue;
    const given = asCompact(facts, childByField(syntax, node, Field.value));
    yield { name: textOf(syntax, named), scope: owner.qualifiedName, node, type: asCompact(facts, type), given };
  }
}

/** A class whose fields are checked when it is filled, and that is not there for what is answered. */
function isSchema(facts: ModuleFacts, { kind, name, bases }: DefinitionFact): boolean {
  if (kind !== "class" || IS_ANSWER.test(name)) return false;
  return bases.some(
    ({ node, paths }) =>
      paths.some((path) => CHECKED_BY.test(path)) ||
      SOUNDS_CHECKED.test(textOf(facts.syntax, node).split("[")[0] ?? ""),
  );
}

const IS_ANSWER = /(?:Out|Output|Response|Read|Public|Reply|View|Result|Summary|Detail|Details|Record|DB|InDB|Table)$/;
const CHECKED_BY = /^(?:pydantic|pydantic_settings|sqlmodel|ninja|msgspec|odmantic|beanie)\b/;
const SOUNDS_CHECKED = /(?:Model|Schema|Struct|Settings|Request|Create|Update|In|Input|Payload|Body)$/;

/** A class of the file that names its members, or of a module that the base imports. */
function isEnumerationIn({ base, moduleAtBase }: ChangeSides, name: string): boolean {
  const own = factIndex(base).classNamed(name);
  if (own !== undefined) return own.bases.some(({ node }) => ENUMERATION.test(textOf(base.syntax, node)));
  const imported = base.imports.find(({ alias, member }) => alias === name && member !== undefined);
  const syntax = imported && moduleAtBase?.(imported.module);
  if (syntax === undefined) return false;
  return [...nodesOfKind(syntax, Kind.class_definition)].some((node) => {
    const isNamed = textOf(syntax, childByField(syntax, node, Field.name)) === imported?.member;
    const bases = childByField(syntax, node, Field.superclasses);
    return isNamed && bases !== NONE && ENUMERATION.test(textOf(syntax, bases));
  });
}

const ENUMERATION = /\b(?:\w*Enum|TextChoices|IntegerChoices|IntFlag|Flag)\b/;

/** A type or a value as it is written, without spaces and without a comma behind the last part. */
function asCompact({ syntax }: ModuleFacts, node: number): string {
  if (node === NONE) return "";
  return textOf(syntax, node)
    .replaceAll(/\s+/g, "")
    .replace(/,(?=[\])])/g, "");
}
