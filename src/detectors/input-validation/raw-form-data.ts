import { z } from "zod";
import { Field, Kind } from "../../python/kinds.ts";
import { ancestorOfKind, childByField, NONE, nextSibling, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { type BoundForm, boundForms } from "../shared/bound-forms.ts";
import { literalText, operands } from "../shared/literal.ts";
import { withOptions } from "../shared/with-options.ts";

/** Fields of a page that steer it and that no form declares. */
const CONTROLS =
  /^(?:_.*|action|btn.*|button.*|submit.*|save.*|next|cancel|delete|page|tab|step|csrfmiddlewaretoken|g-recaptcha-response|h-captcha-response)$/i;

const Options = z.strictObject({
  /** Forms that another file defines, whose fields nobody knows, in place of those of the file itself. */
  elsewhere: z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

/** Values read out of the request although the form beside them has just checked and cleaned them. */
export const rawFormData: ModuleDetector = {
  kind: "module",
  name: "raw-form-data",
  ...withOptions(Options, { triggers: () => ({ names: ["request"] }), detect }),
};

function* detect(facts: ModuleFacts, { elsewhere }: Options): Generator<Detection> {
  const { syntax } = facts;
  for (const form of boundForms(facts)) {
    const { name } = form;
    if (name === undefined) continue;
    const declared = declaredFields(facts, form.className);
    if ((declared === undefined) !== elsewhere) continue;
    for (const [from, to] of checkedRanges(facts, form, name)) {
      for (let node = from; node < to; node++) {
        const read = rawRead(syntax, node);
        if (read === undefined || CONTROLS.test(read.key) || declared?.has(read.key) === false) continue;
        const fields = { read: textOf(syntax, node), form: name, key: read.key };
        yield { node, value: read.mapping, fields };
      }
    }
  }
}

/** Where the form is known to be valid: below `if form.is_valid():`, or behind an `if not …` that leaves. */
function* checkedRanges(facts: ModuleFacts, { call, scope }: BoundForm, name: string): Generator<[number, number]> {
  const { syntax } = facts;
  for (const check of facts.calls) {
    if (check.name !== `${name}.is_valid` || check.node < call.node || facts.scopeOf(check.node) !== scope) continue;
    const statement = ancestorOfKind(syntax, check.node, Kind.if_statement);
    if (statement === NONE) continue;
    const condition = childByField(syntax, statement, Field.condition);
    const consequence = childByField(syntax, statement, Field.consequence);
    if (check.node >= syntax.next[condition]) continue;
    if (syntax.kind[condition] !== Kind.not_operator) yield [consequence, syntax.next[consequence]];
    else if (leaves(syntax, consequence) && nextSibling(syntax, statement) !== NONE)
      yield [syntax.next[statement], syntax.next[syntax.parent[statement]]];
  }
}

function leaves(syntax: ModuleFacts["syntax"], block: number): boolean {
  const last = operands(syntax, block).at(-1);
  return (
    last !== undefined && (syntax.kind[last] === Kind.return_statement || syntax.kind[last] === Kind.raise_statement)
  );
}

/** `request.POST["a"]`, `self.request.POST.get("a")`. */
function rawRead(
  syntax: ModuleFacts["syntax"],
  node: number,
): { readonly key: string; readonly mapping: number } | undefined {
  let mapping = NONE;
  let key = NONE;
  if (syntax.kind[node] === Kind.subscript) {
    mapping = childByField(syntax, node, Field.value);
    key = childByField(syntax, node, Field.subscript);
  } else if (syntax.kind[node] === Kind.call) {
    const target = childByField(syntax, node, Field.function);
    if (
      syntax.kind[target] !== Kind.attribute ||
      textOf(syntax, childByField(syntax, target, Field.attribute)) !== "get"
    )
      return undefined;
    mapping = childByField(syntax, target, Field.object);
    key = operands(syntax, childByField(syntax, node, Field.arguments))[0] ?? NONE;
  }
  if (mapping === NONE || key === NONE || !/^(?:self\.)?request\.POST$/.test(textOf(syntax, mapping))) return undefined;
  const text = literalText(syntax, key);
  return text === undefined ? undefined : { key: text, mapping };
}

/** The fields of a form that this file defines in full; undefined where its fields are known elsewhere. */
function declaredFields(facts: ModuleFacts, className: string): ReadonlySet<string> | undefined {
  const definition = facts.definitions.find(({ kind, name }) => kind === "class" && name === className);
  if (
    definition === undefined ||
    !definition.bases.some(({ paths }) => paths.some((path) => /\.forms\.(?:\w+\.)?Form\b/.test(path)))
  )
    return undefined;
  const { syntax } = facts;
  return new Set(
    facts.assignments
      .filter(({ node }) => node >= definition.node && node < syntax.next[definition.node])
      .map(({ name }) => name),
  );
}
