import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Flow } from "../facts.ts";
import { namesContentType, setsHeader } from "../library/content-types.ts";
import type { PageTest } from "../models/model.ts";
import type { Machine, Unit } from "./machine.ts";
import type { Recorder, Snapshot } from "./recorder.ts";

/** Whether a flow into a page ends in one: the type of the content may be set beside it, before or after. */
export function endsInPage({ models }: Machine, unit: Unit, { kind, sink, node }: Flow): boolean {
  if (kind !== "html") return true;
  const test = models.sinks(sink).find(({ feeds, page }) => feeds === "html" && page !== undefined)?.page;
  return test === undefined || isPage(unit, node, test);
}

/**
 * What the function around a node says of the type of its answer, or else its class, or else the file: `if-said`, that it
 * is a page; `unless-said`, that it is none. That one class of a file sends pages says nothing of another.
 */
export function isPage(unit: Unit, node: number, test: PageTest): boolean {
  const { syntax, recorder } = unit;
  const printed = isPrinted(unit, node);
  const made = typesMade(unit, node);
  if (made.length > 0) return made.some((type) => PAGES.test(type));
  const scopes = scopesAround(syntax, node);
  const isMethod = scopes.some((scope) => syntax.kind[scope] === Kind.class_definition);
  const said = scopes.map((around) => () => typesSaid(recorder, around, syntax.next[around], printed));
  if (isMethod === (test === "unless-said")) {
    said.push(() => (printed ? [] : typesInherited(unit, scopes)));
    said.push(() => typesSaid(recorder, 0, syntax.next[0], printed));
  }
  for (const typesOf of said) {
    const types = typesOf();
    if (types.length > 0) return types.some((type) => PAGES.test(type));
  }
  return test === "unless-said";
}

/** `answer = Response(content_type="text/csv")` … `answer.set_data(text)`: what the object was told when it was made. */
function typesMade({ syntax, recorder }: Unit, node: number): string[] {
  const target = syntax.kind[node] === Kind.call ? childByField(syntax, node, Field.function) : node;
  const member = syntax.kind[target] === Kind.assignment ? childByField(syntax, target, Field.left) : target;
  if (syntax.kind[member] !== Kind.attribute) return [];
  const object = textOf(syntax, childByField(syntax, member, Field.object));
  const given = [...recorder.assignments.values()].filter(({ name, node: at }) => name === object && at < node).at(-1);
  const { args = [] } = (given === undefined ? undefined : recorder.calls.get(given.value)) ?? {};
  const types = args.filter(({ keyword }) => keyword === "content_type" || keyword === "mimetype");
  return types.flatMap(({ snapshot }) => textIn(snapshot) ?? []);
}

/** Types of content that a browser runs scripts of. */
const PAGES = /html|svg|xml/i;

/** Functions and classes, from the innermost. */
function scopesAround({ kind, parent }: SyntaxArrays, node: number): number[] {
  const scopes: number[] = [];
  for (let at = node; at !== NONE && at !== 0; at = parent[at])
    if (kind[at] === Kind.function_definition || kind[at] === Kind.class_definition) scopes.push(at);
  return scopes;
}

/** `set_header("Content-Type", "text/plain")`, `headers["Content-Type"] = TYPE`; what is not written out is not known. */
const NAMED_TYPE = /["']content-type["']\]?\s*[,=:](?!=)\s*(?:[bf]?["']([^"']*)["'])?/gi;

/** What the nearest class above says in its text, in whichever file: a base that answers JSON does so for all below it. */
function typesInherited(unit: Unit, scopes: readonly number[]): string[] {
  const own = scopes.map((scope) => unit.classes.get(scope)).find((info) => info !== undefined);
  const due = [...(own?.parents ?? [])];
  for (const parent of due) {
    const types = [...textOf(parent.unit.syntax, parent.node).matchAll(NAMED_TYPE)].map(
      ([, type]) => type ?? "unknown",
    );
    if (types.length > 0) return types;
    due.push(...parent.parents.filter((one) => !due.includes(one)));
  }
  return [];
}

const PRINTS = /^(?:print|sys\.stdout\.write)$/;

/** What a program prints is its answer under CGI alone, where it prints the headers as well. */
function isPrinted({ recorder }: Unit, node: number): boolean {
  return PRINTS.test(recorder.calls.get(node)?.name ?? "");
}

/** `send_header("Content-Type", "text/plain")`, `response.content_type = …`, `start_response(status, [("Content-Type", …)])`. */
function typesSaid({ calls, assignments }: Recorder, first: number, end: number, printed: boolean): string[] {
  const types: string[] = [];
  for (const { node, name, args } of calls.values()) {
    if (node < first || node >= end) continue;
    const [one, two] = args.map(({ snapshot }) => snapshot);
    if (PRINTS.test(name)) {
      const line = /^content-type:\s*(.+)/i.exec(textIn(one) ?? "");
      if (line !== null) types.push(line[1]);
    }
    if (printed) continue;
    if (setsHeader(name) && isContentType(textIn(one))) types.push(textIn(two) ?? "");
    if (/(?:^|\.)start_response$/.test(name)) types.push(...typesListed(two));
  }
  for (const { target, name, snapshot } of assignments.values()) {
    if (printed || target < first || target >= end) continue;
    if (namesContentType(name)) types.push(textIn(snapshot) ?? "");
  }
  return types.filter((type) => type !== "");
}

function typesListed(headers: Snapshot | undefined): string[] {
  return (headers?.elements ?? []).flatMap(({ elements }) =>
    isContentType(textIn(elements?.[0])) ? [textIn(elements?.[1]) ?? ""] : [],
  );
}

function isContentType(name: string | undefined): boolean {
  return name?.toLowerCase() === "content-type";
}

function textIn(given: Snapshot | undefined): string | undefined {
  const { constants, prefix, paths } = given?.value ?? {};
  // The name of a constant says what it is as well: `falcon.MEDIA_HTML`.
  const known = constants?.length === 1 ? constants[0] : (prefix ?? paths?.[0]);
  return typeof known === "string" ? known : undefined;
}
