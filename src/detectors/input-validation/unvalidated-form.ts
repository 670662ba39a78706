import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { type BoundForm, boundForms } from "../shared/bound-forms.ts";

const USES: ReadonlySet<string> = new Set(["save", "cleaned_data", "validated_data", "instance"]);
const CHECKS: ReadonlySet<string> = new Set([
  "is_valid",
  "full_clean",
  "errors",
  "non_field_errors",
  "clean",
  "run_validation",
]);

/** Forms and serializers whose data is used and whose checks nobody runs. */
export const unvalidatedForm: ModuleDetector = {
  kind: "module",
  name: "unvalidated-form",
  triggers: { names: ["request", "initial_data"], and: { words: ["form", "serializer"], names: ["initial_data"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const form of boundForms(facts)) {
    const use = form.name === undefined ? usedAtOnce(facts, form) : usedUnchecked(facts, form, form.name);
    if (use === undefined) continue;
    yield { node: use, fields: { form: form.className, use: textOf(syntax, use) } };
  }
  yield* initialData(facts);
}

/** `OrderForm(request.POST).save()`. */
function usedAtOnce({ syntax }: ModuleFacts, { call }: BoundForm): number | undefined {
  const parent = syntax.parent[call.node];
  if (syntax.kind[parent] !== Kind.attribute) return undefined;
  return USES.has(textOf(syntax, childByField(syntax, parent, Field.attribute))) ? parent : undefined;
}

/** The first use in a function in which nothing checks the form and nobody else gets hold of it. */
function usedUnchecked(facts: ModuleFacts, { call, scope }: BoundForm, name: string): number | undefined {
  const { syntax } = facts;
  let use: number | undefined;
  for (const node of nodesOfKind(syntax, Kind.identifier)) {
    if (textOf(syntax, node) !== name.split(".")[0]) continue;
    if (facts.scopeOf(node) !== scope || node < call.node) continue;
    const place = name.includes(".") ? syntax.parent[node] : node;
    const parent = syntax.parent[place];
    if (syntax.kind[parent] !== Kind.attribute || childByField(syntax, parent, Field.object) !== place) {
      const isBoundAgain = syntax.kind[parent] === Kind.assignment && syntax.field[place] === Field.left;
      if (!isBoundAgain) return undefined;
      continue;
    }
    const attribute = textOf(syntax, childByField(syntax, parent, Field.attribute));
    if (CHECKS.has(attribute)) return undefined;
    if (USES.has(attribute)) use ??= parent;
  }
  return use;
}

/** `serializer.initial_data["email"]`: what was sent, not what was checked. */
function* initialData(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.attribute)) {
    if (textOf(syntax, childByField(syntax, node, Field.attribute)) !== "initial_data") continue;
    const object = childByField(syntax, node, Field.object);
    const owner = object === NONE ? "self" : textOf(syntax, object);
    const parent = syntax.parent[node];
    const isRead = syntax.kind[parent] === Kind.subscript || /^\.get$/.test(memberBehind(syntax, node));
    if (!/^\w*serializer\w*$/i.test(owner) || !isRead) continue;
    yield { node: parent, fields: { form: owner, use: textOf(syntax, parent) } };
  }
}

function memberBehind(syntax: ModuleFacts["syntax"], node: number): string {
  const parent = syntax.parent[node];
  return syntax.kind[parent] === Kind.attribute
    ? `.${textOf(syntax, childByField(syntax, parent, Field.attribute))}`
    : "";
}
