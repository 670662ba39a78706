import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childOfKind, NONE, namedChildren, positionOf, textOf } from "../../python/walk.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import type { TextEdit } from "../../text/span.ts";
import type { Hit } from "../match.ts";
import type { ArgumentRef, FixChange, FixTemplate } from "../rule.ts";
import { bindParameters } from "./bind-parameters.ts";
import { compareBy } from "./compare-by.ts";
import { fillTemplate } from "./fill-template.ts";
import { replaceCallee } from "./replace-callee.ts";

/** The edits of a fix at a hit, in order; undefined where the code's form does not allow an exact one. */
export function buildFix(facts: ModuleFacts, hit: Hit, template: FixTemplate): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const change of template.changes) {
    const found = editsOf(facts, hit, change);
    if (found === undefined) return undefined;
    edits.push(...found);
  }
  edits.sort((a, b) => a.span.start.offset - b.span.start.offset);
  const overlaps = edits.some((edit, index) => index > 0 && edit.span.start.offset < edits[index - 1].span.end.offset);
  return overlaps || edits.length === 0 ? undefined : edits;
}

function editsOf(facts: ModuleFacts, hit: Hit, change: FixChange): readonly TextEdit[] | undefined {
  switch (change.kind) {
    case "replace-callee":
      return hit.call === undefined ? undefined : replaceCallee(facts, hit.call, change.with);
    case "set-keyword":
      return hit.call === undefined ? undefined : setKeyword(facts, hit.call, change.keyword, change.value);
    case "set-argument": {
      const value = fillTemplate(facts, change.value, hit.fields);
      return hit.call === undefined || value === undefined
        ? undefined
        : setArgument(facts, hit.call, change.argument, value);
    }
    case "replace-function": {
      const target = hit.call === undefined ? NONE : childByField(facts.syntax, hit.call.node, Field.function);
      const method = /\w+$/.exec(hit.call?.name ?? "")?.[0] ?? "";
      const text = fillTemplate(facts, change.with, { ...hit.fields, method });
      return target === NONE || text === undefined ? undefined : [replaceNode(facts, target, text)];
    }
    case "compare-by": {
      const compare = fillTemplate(facts, `{path:${change.with}}`, {});
      return compare === undefined ? undefined : compareBy(facts, hit.node, compare);
    }
    case "set-missing-keywords":
      return hit.call === undefined ? undefined : setKeywords(facts, hit.call, hit.keywords ?? {});
    case "remove-argument":
      return hit.call === undefined ? undefined : removeArgument(facts, hit.call, change.argument);
    case "wrap-argument": {
      const argument = hit.call === undefined ? NONE : argumentNode(facts, hit.call, change.argument);
      if (argument === NONE) return undefined;
      const text = textOf(facts.syntax, argument);
      return [replaceNode(facts, argument, `${change.with}(${text})`)];
    }
    case "replace-value": {
      const text = fillTemplate(facts, change.value, hit.fields);
      return hit.value === undefined || text === undefined ? undefined : [replaceNode(facts, hit.value, text)];
    }
    case "replace-version":
      return undefined;
    case "replace-scheme":
      return hit.value === undefined ? undefined : replaceScheme(facts, hit.value, change.from, change.to);
    case "swap-decorators": {
      if (hit.swap === undefined) return undefined;
      const [first, second] = hit.swap;
      const { syntax } = facts;
      return [replaceNode(facts, first, textOf(syntax, second)), replaceNode(facts, second, textOf(syntax, first))];
    }
    case "bind-parameters":
      return bindParameters(facts, hit, change.style);
  }
}

/** Values that are passed are replaced; keywords that are missing are added together, in one edit. */
function setKeywords(
  facts: ModuleFacts,
  call: CallFact,
  keywords: Readonly<Record<string, string>>,
): readonly TextEdit[] | undefined {
  const entries = Object.entries(keywords);
  const isPassed = ([keyword]: readonly [string, string]) => argumentNode(facts, call, { keyword }) !== NONE;
  const edits = entries.filter(isPassed).map(([keyword, value]) => setKeyword(facts, call, keyword, value));
  const missing = entries.filter((entry) => !isPassed(entry));
  if (missing.some(([keyword]) => isUnpacked(call, keyword))) return undefined;
  const [first, ...others] = missing;
  if (first !== undefined) {
    const value = [first[1], ...others.map(([keyword, more]) => `${keyword}=${more}`)].join(", ");
    edits.push(setKeyword(facts, call, first[0], value));
  }
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
}

function setArgument(
  facts: ModuleFacts,
  call: CallFact,
  argument: ArgumentRef & { readonly keyword: string },
  value: string,
): readonly TextEdit[] | undefined {
  const passed = argumentNode(facts, call, argument);
  if (passed !== NONE) return [replaceNode(facts, passed, value)];
  return call.splat ? undefined : setKeyword(facts, call, argument.keyword, value);
}

/** Replaces a value that is passed, or adds the keyword behind the last argument. */
function setKeyword(
  facts: ModuleFacts,
  call: CallFact,
  keyword: string,
  value: string,
): readonly TextEdit[] | undefined {
  const { syntax } = facts;
  const existing = argumentNode(facts, call, { keyword });
  if (existing !== NONE) return [replaceNode(facts, existing, value)];
  if (isUnpacked(call, keyword)) return undefined;
  const list = childByField(syntax, call.node, Field.arguments);
  if (list === NONE || syntax.kind[list] !== Kind.argument_list) return undefined;
  const written = namedChildren(syntax, list);
  const last = written.at(-1);
  if (last === undefined) return [insert(facts, syntax.end[list] - 1, `${keyword}=${value}`)];
  const behind = syntax.text.slice(syntax.end[last], syntax.end[list] - 1);
  const comma = behind.indexOf(",");
  const hasTrailingComma = comma !== -1 && !behind.slice(0, comma).includes("#");
  const isOnOwnLine = behind.includes("\n");
  const indent = isOnOwnLine ? `\n${lineIndent(facts, syntax.start[last])}` : " ";
  if (hasTrailingComma) return [insert(facts, syntax.end[last] + comma + 1, `${indent}${keyword}=${value},`)];
  return [insert(facts, syntax.end[last], `,${isOnOwnLine ? indent : " "}${keyword}=${value}`)];
}

/** Whether the keyword, though it is not written in the call, comes with a `**` or may do so: written beside it, it is passed twice. */
function isUnpacked({ args, doubleSplat }: CallFact, keyword: string): boolean {
  return doubleSplat || args.some((argument) => argument.keyword === keyword);
}

/** `"http://…"` becomes `"https://…"`, in the literal's own quotes. */
function replaceScheme(facts: ModuleFacts, literal: number, from: string, to: string): readonly TextEdit[] | undefined {
  const { syntax } = facts;
  const content = childOfKind(syntax, literal, Kind.string_content);
  if (content === NONE || !textOf(syntax, content).toLowerCase().startsWith(`${from}://`)) return undefined;
  return [replaceRange(facts, syntax.start[content], syntax.start[content] + from.length, to)];
}

/** Takes an argument out together with the comma that belongs to it. */
function removeArgument(facts: ModuleFacts, call: CallFact, argument: ArgumentRef): readonly TextEdit[] | undefined {
  const { syntax } = facts;
  const value = argumentNode(facts, call, argument);
  if (value === NONE) return [];
  const node = syntax.kind[syntax.parent[value]] === Kind.keyword_argument ? syntax.parent[value] : value;
  const list = childByField(syntax, call.node, Field.arguments);
  const siblings = namedChildren(syntax, list);
  const index = siblings.indexOf(node);
  if (index === -1) return undefined;
  const before = siblings[index - 1];
  const after = siblings[index + 1];
  if (before !== undefined) return [replaceRange(facts, syntax.end[before], syntax.end[node], "")];
  return [replaceRange(facts, syntax.start[node], after === undefined ? syntax.end[node] : syntax.start[after], "")];
}

function argumentNode(facts: ModuleFacts, call: CallFact, { position, keyword }: ArgumentRef): number {
  const { syntax } = facts;
  const list = childByField(syntax, call.node, Field.arguments);
  if (list === NONE) return NONE;
  let index = 0;
  for (const child of namedChildren(syntax, list)) {
    if (syntax.kind[child] === Kind.keyword_argument) {
      if (textOf(syntax, childByField(syntax, child, Field.name)) === keyword)
        return childByField(syntax, child, Field.value);
    } else if (syntax.kind[child] === Kind.list_splat || syntax.kind[child] === Kind.dictionary_splat) return NONE;
    else if (index++ === position) return child;
  }
  return NONE;
}

function lineIndent(facts: ModuleFacts, offset: number): string {
  const start = facts.text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(facts.text.slice(start, offset))?.[0] ?? "";
}

function replaceNode(facts: ModuleFacts, node: number, text: string): TextEdit {
  return replaceRange(facts, facts.syntax.start[node], facts.syntax.end[node], text);
}

function insert(facts: ModuleFacts, offset: number, text: string): TextEdit {
  return replaceRange(facts, offset, offset, text);
}

function replaceRange({ syntax }: ModuleFacts, start: number, end: number, text: string): TextEdit {
  return { span: { start: positionOf(syntax, start), end: positionOf(syntax, end) }, text };
}
