import { Kind } from "../../python/kinds.ts";
import { namedChildren, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { AssignmentFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";

/** Fields of a form or serializer that whoever sends a request may set from now on, and that decide what an account may do or whose something is. */
export const openedField: ChangeDetector = {
  kind: "change",
  name: "opened-field",
  prepare: () => ({
    concerns: ({ removed, added }) =>
      /read_only|\bfields\b/.test(removed) || DECIDES.test(added) || /__all__|ALL_FIELDS|\bexclude\b/.test(added),
    detect,
  }),
};

/** What is nobody's own to set. */
const DECIDES =
  /\b(?:is_(?:staff|superuser|admin|verified|moderator)|roles?|user_permissions|permissions|groups|balance|credit|is_paid)\b/;

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  for (const { qualifiedName } of head.definitions.filter(({ name, kind }) => kind === "class" && name === "Meta")) {
    const now = metaOf(head, qualifiedName);
    const then = metaOf(base, qualifiedName);
    const owner = qualifiedName.slice(0, -".Meta".length);
    const whole = now.whole;
    if (whole !== undefined && then.names.length > 0 && then.whole === undefined && isWritten(head, owner)) {
      yield { node: whole.target, fields: { form: owner.split(".").at(-1) ?? owner, field: "every other field" } };
      continue;
    }
    if (now.fields === undefined || then.fields === undefined) continue;
    const isOpen = (name: string) =>
      now.isWritten(name) &&
      !now.readOnly.includes(name) &&
      !isDeclared(head, owner, name) &&
      !now.others.includes(`"${name}"`);
    const lost = then.readOnly.find((name) => isOpen(name));
    const gained = now.names.find((name) => DECIDES.test(name) && !then.isWritten(name) && isOpen(name));
    const field = lost ?? gained;
    if (field === undefined) continue;
    const node = lost === undefined || now.list === undefined ? now.fields.target : now.list.target;
    yield { node, fields: { form: owner.split(".").at(-1) ?? owner, field } };
  }
}

interface Meta {
  readonly fields: AssignmentFact | undefined;
  /** `fields = "__all__"`, or `exclude` without `fields`: what the model will get is part of it. */
  readonly whole: AssignmentFact | undefined;
  /** `read_only_fields`. */
  readonly list: AssignmentFact | undefined;
  readonly names: readonly string[];
  readonly readOnly: readonly string[];
  /** `extra_kwargs`, as it is written. */
  readonly others: string;
  readonly isWritten: (name: string) => boolean;
}

function metaOf(facts: ModuleFacts, scope: string): Meta {
  const own = factIndex(facts).assignmentsIn(scope);
  const named = (name: string) => own.find((one) => one.name === name);
  const fields = named("fields");
  const names = fields === undefined ? [] : textsIn(facts, fields.value);
  const isAll = fields !== undefined && /__all__|ALL_FIELDS/.test(textOf(facts.syntax, fields.value));
  const list = named("read_only_fields");
  const others = named("extra_kwargs");
  return {
    fields,
    whole: isAll ? fields : fields === undefined ? named("exclude") : undefined,
    list,
    names,
    readOnly: list === undefined ? [] : textsIn(facts, list.value),
    others: others === undefined ? "" : textOf(facts.syntax, others.value).replaceAll("'", '"'),
    isWritten: (name) => isAll || names.includes(name),
  };
}

/** What a client sends goes into a form or serializer; a type of GraphQL only shows. */
function isWritten(facts: ModuleFacts, owner: string): boolean {
  const bases = factIndex(facts)
    .definedAs(owner)
    .flatMap(({ bases }) => bases.map(({ node }) => textOf(facts.syntax, node)));
  return bases.some((base) => /(?:Form|Serializer)$/.test(base));
}

/** The texts of a list that is written out. */
function textsIn({ syntax }: ModuleFacts, node: number): readonly string[] {
  if (syntax.kind[node] !== Kind.list && syntax.kind[node] !== Kind.tuple) return [];
  return namedChildren(syntax, node).flatMap((entry) => literalText(syntax, entry) ?? []);
}

/** A field that the class declares itself says there what may be done with it. */
function isDeclared(facts: ModuleFacts, owner: string, name: string): boolean {
  return factIndex(facts).assignmentsTo(owner, name).length > 0;
}
