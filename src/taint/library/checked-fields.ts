import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import { callFunction } from "../calls/call-function.ts";
import { type ClassInfo, type FunctionCallable, inLineage, type ProjectCallable } from "../calls/callables.ts";
import { classAttribute } from "../expressions/class-attribute.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import { evaluateAgain } from "../guards/narrow.ts";
import type { Machine } from "../machine/machine.ts";
import { deep } from "../values/carry.ts";
import { emptyShape, type Shape, withEntry, withRest } from "../values/shape.ts";
import { refValue, UNKNOWN, type Value, withCleared, withoutLabels } from "../values/value.ts";

/** What a form or serializer of this project gives back once it has checked what it was made of. */
const CHECKED: ReadonlySet<string> = new Set(["cleaned_data", "validated_data"]);

/** `form.cleaned_data`: what went in, each field with what its class lets through; undefined for any other member. */
export function checkedFields(machine: Machine, node: number, receiver: Value, name: string): Value | undefined {
  if ((!CHECKED.has(name) && name !== "data") || receiver.refs.length !== 1) return undefined;
  const shape = machine.shape(receiver.refs[0]);
  if (shape?.kind !== "object" || shape.of === undefined || receiver.labels === 0) return undefined;
  if (name === "data" && !isSerializer(shape.of as ClassInfo)) return undefined;
  // The form as a whole carries what it was made of; what its fields are called it says itself.
  const declared = withCleared(receiver, machine.models.kindMask(["mass-assign", "lookup", "reflection"]));
  return fieldsOf(machine, node, shape.of as ClassInfo, { ...declared, refs: [], paths: [] });
}

/** Of the REST framework, where `data` is what the fields make of it; a form's own `data` is what was sent. */
function isSerializer(info: ClassInfo): boolean {
  return inLineage(info, ({ basePaths }) => basePaths.some((path) => SERIALIZER.test(path)) || undefined) === true;
}

const SERIALIZER = /^rest_framework\.serializers\.\w+/;

/** Members by which a form of Django gives what it was filled with; in a field's own object it is, too. */
const FILLED: ReadonlySet<string> = new Set(["cleaned_data", "data", "files", "instance", "errors"]);

/** A form of Django for reading one of its members: what its class or the program gave it holds nothing of what was sent. */
export function asFilled(machine: Machine, form: Value, name: string): Value {
  if (form.labels === 0 || (FILLED.has(name) && name !== "errors")) return form;
  const shape = machine.onlyShape(form);
  if (shape?.kind !== "object" || shape.of === undefined) return form;
  const isForm = inLineage(shape.of as ClassInfo, (of) => of.basePaths.some((path) => FORM.test(path)) || undefined);
  if (isForm !== true) return form;
  // Written out, a list of errors escapes each text in it.
  return name === "errors" ? withCleared(form, machine.models.kindMask(["html"])) : withoutLabels(form);
}

const FORM = /^django\.forms\.(?:\w+\.)?\w*Form\(\)$/;

/** `OrderSchema().load(document)`: the fields that the schema declares, each with what it lets through. */
export function loadedFields(machine: Machine, { args, node }: Call, schema: Value): Value | undefined {
  const shape = machine.onlyShape(schema);
  const [document] = args.positional;
  if (document === undefined || shape?.kind !== "object" || shape.of === undefined || args.keywords.has("many"))
    return undefined;
  const info = shape.of as ClassInfo;
  const isSchema = inLineage(info, (of) => of.basePaths.some((path) => SCHEMA.test(path)) || undefined);
  const given = deep(machine, document.value);
  if (isSchema !== true || given.labels === 0) return undefined;
  const declared = withCleared(given, machine.models.kindMask(["mass-assign"]));
  return fieldsOf(machine, node, info, { ...declared, refs: [], paths: [] });
}

const SCHEMA = /^(?:marshmallow|flask_marshmallow|marshmallow_sqlalchemy)\b/;

/** Fields of forms and serializers that give back an uploaded file. */
const UPLOADS = /^(?:django\.forms|rest_framework\.serializers|rest_framework\.fields)\.(?:File|Image)Field\(\)$/;
const UPLOADED = "django.core.files.uploadedfile.UploadedFile()";

/** `form.cleaned_data["image"]`: a field of an unknown form that is named after a file. */
const FILE_FIELD =
  /\.(?:cleaned_data|validated_data)(?:\[|\.get\()\s*["'](?:\w+_)?(?:file|image|photo|picture|avatar|logo|upload|attachment|archive)["']\s*[\])]$/;

/** What was read of a form, as `text` says; a field that is named after a file gives an uploaded one, whose name has no folders. */
export function asUploaded(text: string, value: Value): Value {
  const isFile = value.labels !== 0 && value.refs.length === 0 && FILE_FIELD.test(text);
  return isFile ? { ...value, paths: [UPLOADED, ...value.paths].slice(0, 4), text: false } : value;
}

function fieldsOf(machine: Machine, node: number, info: ClassInfo, given: Value): Value {
  let fields: Shape = withRest(emptyShape("dict"), given);
  inLineage(info, (of) => {
    for (const [field, { paths }] of of.attributes) {
      const ofField = of.constraints.get(field) ?? 0;
      const mask = paths.reduce((all, path) => all | machine.models.sanitizes(path.replace(/\(\)$/, "")), ofField);
      const isFile = paths.some((path) => UPLOADS.test(path));
      if ((mask !== 0 || isFile) && !fields.entries.has(field))
        fields = withEntry(fields, field, { ...withCleared(given, mask), ...(isFile && { paths: [UPLOADED] }) });
    }
    return undefined;
  });
  for (const [field, value] of cleanedFields(machine, node, info, fields)) fields = withEntry(fields, field, value);
  return refValue(machine.allocate(fields), "dynamic");
}

/** `clean_name(self)` of a form, `validate_name(self, value)` of a serializer: the field holds what the method gives back. */
function cleanedFields(machine: Machine, node: number, info: ClassInfo, fields: Shape): [string, Value][] {
  const methods = new Map<string, FunctionCallable>();
  inLineage(info, (of) => {
    for (const name of of.attributes.keys()) {
      const [method] = (classAttribute(machine, of, name)?.callables ?? []) as readonly ProjectCallable[];
      if (/^(?:clean|validate)_./.test(name) && method?.kind === "function" && !methods.has(name))
        methods.set(name, method);
    }
    return undefined;
  });
  return [...methods].map(([name, method]) => {
    const field = name.slice(name.indexOf("_") + 1);
    const given = fields.entries.get(field) ?? fields.rest ?? UNKNOWN;
    const checked = refValue(machine.allocate(withEntry(fields, field, given)), "dynamic");
    const self = refValue(machine.allocate(withEntry(emptyShape("object", info), "cleaned_data", checked)), "dynamic");
    const positional = name.startsWith("validate_") ? [given] : [];
    return [field, callFunction(machine, node, method, { self, positional, keywords: NO_KEYWORDS, others: [] })];
  });
}

const NO_KEYWORDS: ReadonlyMap<string, Value> = new Map();

/** `form.name.data`: what the checks of the field let through, where the class of the form is known. */
export function checkedData(machine: Machine, node: number, data: Value): Value {
  const { syntax } = machine;
  const field = childByField(syntax, node, Field.object);
  if (data.labels === 0 || syntax.kind[node] !== Kind.attribute || syntax.kind[field] !== Kind.attribute) return data;
  const shape = machine.onlyShape(evaluateAgain(machine, childByField(syntax, field, Field.object)));
  if (shape?.kind !== "object" || shape.of === undefined) return data;
  const name = textOf(syntax, childByField(syntax, field, Field.attribute));
  return withCleared(data, inLineage(shape.of as ClassInfo, (of) => of.constraints.get(name)) ?? 0);
}
