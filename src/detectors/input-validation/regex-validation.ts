import { Field, Kind } from "../../python/kinds.ts";
import { nodesOfKinds } from "../../python/nodes-of-kind.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { checkOutcome } from "../shared/check-outcome.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { isOutside } from "../shared/outside.ts";
import { type RegexEnds, regexEnds } from "../shared/regex-ends.ts";
import { isValidator } from "../shared/validator-name.ts";

/** Validators of libraries and how they look for their pattern. */
const LIBRARY: ReadonlyMap<
  string,
  { readonly position?: number; readonly keyword: string; readonly finds: "match" | "search" }
> = new Map([
  ["django.core.validators.RegexValidator", { position: 0, keyword: "regex", finds: "search" }],
  ["django.forms.RegexField", { keyword: "regex", finds: "search" }],
  ["pydantic.Field", { keyword: "pattern", finds: "search" }],
  ["pydantic.StringConstraints", { keyword: "pattern", finds: "search" }],
  ["pydantic.constr", { keyword: "pattern", finds: "search" }],
  ["marshmallow.validate.Regexp", { position: 0, keyword: "regex", finds: "match" }],
  ["wtforms.validators.Regexp", { position: 0, keyword: "regex", finds: "match" }],
  ["fastapi.Query", { keyword: "pattern", finds: "search" }],
  ["fastapi.Path", { keyword: "pattern", finds: "search" }],
  ["rest_framework.serializers.RegexField", { position: 0, keyword: "regex", finds: "search" }],
]);

/** Of these a part is asked for, not the whole. */
const ASKED_FOR_PARTS = new Set([
  "password",
  "passwd",
  "pw",
  "pwd",
  "passphrase",
  "text",
  "content",
  "body",
  "message",
  "line",
]);

const METHODS: ReadonlyMap<string, string> = new Map([
  ["re.match", "match"],
  ["re.search", "search"],
  ["re.Pattern().match", "match"],
  ["re.Pattern().search", "search"],
]);

/** Patterns that decide about a value and look at its beginning only, or at any part of it. */
export const regexValidation: ModuleDetector = {
  kind: "module",
  name: "regex-validation",
  triggers: { calls: [...LIBRARY.keys()], roots: ["re"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of factIndex(facts).calledAs([...METHODS.keys(), ...LIBRARY.keys()])) {
    const method = call.callee.map((path) => METHODS.get(path)).find(Boolean);
    if (method === undefined) {
      yield* ofLibrary(call);
      continue;
    }
    const pattern = patternOf(facts, call);
    const subject = call.args.find(
      ({ position, keyword }) => position === (pattern?.isCompiled ? 0 : 1) || keyword === "string",
    );
    if (pattern === undefined || subject === undefined) continue;
    const ends = regexEnds(pattern.text);
    if (!ends.describes || isWhole(ends, method)) continue;
    const subjectText = textOf(facts.syntax, subject.node);
    if (method === "search" && ends.isSingle && nameWords(subjectText).some((word) => ASKED_FOR_PARTS.has(word)))
      continue;
    if (!decides(facts, call, isOutside(subject.value))) continue;
    yield {
      node: call.node,
      call,
      fields: { subject: subjectText, pattern: pattern.text, where: placeOf(ends, method) },
    };
  }
}

function* ofLibrary(call: CallFact): Generator<Detection> {
  for (const path of call.callee) {
    const known = LIBRARY.get(path);
    const argument =
      known &&
      call.args.find(
        ({ position, keyword }) => keyword === known.keyword || (position !== undefined && position === known.position),
      );
    const text = argument?.value.constants.length === 1 ? argument.value.constants[0] : undefined;
    if (known === undefined || typeof text !== "string") continue;
    const ends = regexEnds(text);
    if (!ends.describes || isWhole(ends, known.finds)) continue;
    yield { node: call.node, fields: { subject: call.name, pattern: text, where: placeOf(ends, known.finds) } };
    return;
  }
}

function isWhole(ends: RegexEnds, method: string): boolean {
  return ends.end && (method === "match" || ends.start);
}

function placeOf(ends: RegexEnds, method: string): string {
  if (method === "match" || ends.start) return "the beginning";
  return ends.end ? "the end" : "any part";
}

function patternOf(
  facts: ModuleFacts,
  call: CallFact,
): { readonly text: string; readonly isCompiled: boolean } | undefined {
  const isCompiled = call.callee.some((path) => path.startsWith("re.Pattern()"));
  if (!isCompiled) return constantText(call, 0, false);
  const { syntax } = facts;
  const target = childByField(syntax, call.node, Field.function);
  const object = target === NONE ? NONE : childByField(syntax, target, Field.object);
  if (object === NONE) return undefined;
  const { callAt, assignmentsTo } = factIndex(facts);
  const direct = callAt.get(object);
  if (direct !== undefined) return constantText(direct, 0, true);
  const name = textOf(syntax, object);
  const scope = facts.scopeOf(call.node);
  const ofClass = /^(?:self|cls)\.(\w+)$/.exec(name)?.[1];
  const assigned =
    ofClass === undefined
      ? [...assignmentsTo(scope, name), ...assignmentsTo("", name)]
      : assignmentsTo(scope.split(".").slice(0, -1).join("."), ofClass);
  const compiled = assigned.length === 1 ? callAt.get(assigned[0].value) : undefined;
  return compiled === undefined ? undefined : constantText(compiled, 0, true);
}

/** The pattern; one that is read with flags for many lines anchors at each of them and is not judged. */
function constantText(
  call: CallFact,
  at: number,
  isCompiled: boolean,
): { readonly text: string; readonly isCompiled: boolean } | undefined {
  const constants = call.args.find(({ position, keyword }) => position === at || keyword === "pattern")?.value
    .constants;
  const [text] = constants ?? [];
  const hasFlags = call.args.some(({ keyword, position }) => keyword === "flags" || position === (isCompiled ? 1 : 2));
  return constants?.length === 1 && typeof text === "string" && !hasFlags ? { text, isCompiled } : undefined;
}

/** Whether a value that does not match is turned away here, and nothing is taken out of the match. */
function decides(facts: ModuleFacts, call: CallFact, isFromOutside: boolean): boolean {
  const { syntax } = facts;
  const { whenFalse } = checkOutcome(syntax, call.node);
  const scope = facts.scopeOf(call.node);
  if (whenFalse === "goes-on" || (!isFromOutside && !isValidator(scope))) return false;
  if (whenFalse === "says-no" && !isValidator(scope)) return false;
  const parent = syntax.parent[call.node];
  if (syntax.kind[parent] === Kind.return_statement && !isValidator(scope)) return false;
  if (syntax.kind[parent] !== Kind.assignment && syntax.kind[parent] !== Kind.named_expression) return true;
  const target = childByField(syntax, parent, syntax.kind[parent] === Kind.assignment ? Field.left : Field.name);
  return target !== NONE && !isReadFrom(facts, textOf(syntax, target), scope);
}

/** `match.group(1)`, `match[1]`: the value is taken apart. */
function isReadFrom(facts: ModuleFacts, name: string, scope: string): boolean {
  const { syntax } = facts;
  for (const node of nodesOfKinds(syntax, [Kind.attribute, Kind.subscript])) {
    const kind = syntax.kind[node];
    const object = childByField(syntax, node, kind === Kind.attribute ? Field.object : Field.value);
    if (object !== NONE && textOf(syntax, object) === name && facts.scopeOf(node) === scope) return true;
  }
  return false;
}
