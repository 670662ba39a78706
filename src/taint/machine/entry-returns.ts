import { Kind } from "../../python/kinds.ts";
import { firstNamedChild, NONE, namedChildren } from "../../python/walk.ts";
import { ownEntry } from "../../text/own-entry.ts";
import { type FunctionCallable, inLineage } from "../calls/callables.ts";
import type { EntryModel } from "../models/model.ts";
import { deep } from "../values/carry.ts";
import { joinAll, type Shape } from "../values/shape.ts";
import { UNKNOWN, type Value } from "../values/value.ts";
import { isPage } from "./answer-types.ts";
import type { Return } from "./frame.ts";
import type { Machine } from "./machine.ts";
import { hasFixedHost } from "./sink-forms.ts";
import { entryIn, reportFlow, staysHere } from "./sinks.ts";

/** Asks of everything that an entry returns what the sender gets to see of it. */
export function checkReturns(
  machine: Machine,
  model: EntryModel,
  callable: FunctionCallable,
  returns: readonly Return[],
): void {
  const { returns: kind, page } = model;
  const isSaid = page === undefined || isPage(callable.unit, callable.info.body, page);
  const sendsText = kind !== undefined && isSaid && returnsText(model, callable);
  for (const end of returns) checkReturn(machine, model, sendsText, end);
}

/** What the decorator says decides for some frameworks: `@app.get("/", response_class=HTMLResponse)`. */
function returnsText({ returnsWhen }: EntryModel, { info, unit }: FunctionCallable): boolean {
  if (returnsWhen.length === 0) return true;
  const { syntax } = unit;
  const decorated = syntax.parent[info.node];
  return namedChildren(syntax, decorated).some((child) => {
    const call = syntax.kind[child] === Kind.decorator ? firstNamedChild(syntax, child) : NONE;
    const recorded = call === NONE ? undefined : unit.recorder.calls.get(call);
    return returnsWhen.every(({ position, keywords, isPath }) =>
      recorded?.args.some((argument) => {
        const isIt = argument.position === position || keywords.includes(argument.keyword ?? "");
        return isIt && argument.snapshot.value.paths.some((path) => isPath?.includes(path));
      }),
    );
  });
}

/** A view's text goes to the browser as it is, and a mapping or list as JSON; response objects are sinks of their own. */
function checkReturn(machine: Machine, model: EntryModel, sendsText: boolean, end: Return): void {
  if (end.node === NONE) return;
  const { state } = machine;
  machine.state = end.state;
  const shape = machine.onlyShape(end.value);
  const page = shape === undefined ? undefined : pageIn(machine, shape, model);
  if (model.parameters === "remote" && shape !== undefined) checkLocation(machine, model, shape, end.node);
  const body = page ?? (shape?.kind === "tuple" ? (shape.entries.get(0) ?? UNKNOWN) : end.value);
  const isText = body.text && body.refs.length === 0;
  const isHtml =
    sendsText && !(shape?.kind === "tuple" && [...shape.entries.values()].some((part) => isOtherType(machine, part)));
  const answers = model.parameters === "remote" || model.parameters === "exception";
  if (isText && isHtml && model.returns !== undefined) reportReturn(machine, model.returns, end.node, body);
  if (answers && (isText || isDisplay(machine, body))) reportReturn(machine, "response", end.node, body);
  machine.state = state;
}

/** `text, 302, {"Location": address}`, and a gateway's `{"headers": {"Location": address}}`: the browser goes there. */
function checkLocation(machine: Machine, model: EntryModel, shape: Shape, node: number): void {
  const headers = shape.kind === "tuple" ? [...shape.entries.values()].slice(1) : [];
  const beside = model.body === undefined ? undefined : shape.entries.get("headers");
  const code = beside === undefined ? undefined : shape.entries.get("statusCode");
  if (staysHere(code === undefined ? headers : [code])) return;
  for (const part of beside === undefined ? headers : [beside]) {
    const address = entryIn(machine, part, "location");
    if (address !== undefined) reportReturn(machine, "redirect", node, address);
  }
}

/** What a method is asked for by its framework is used so: the address of a redirect, `get_success_url`. */
export function checkMethodReturns(machine: Machine, callable: FunctionCallable, returns: readonly Return[]): void {
  const { owner, info } = callable;
  const entry = owner === undefined ? undefined : inLineage(owner, (of) => of.entry);
  const kind = ownEntry(entry?.methodReturns, info.name);
  if (kind === undefined) return;
  const { state } = machine;
  for (const end of returns) {
    machine.state = end.state;
    if (end.node !== NONE) reportReturn(machine, kind, end.node, end.value);
  }
  machine.state = state;
}

function isDisplay(machine: Machine, { refs, paths }: Value): boolean {
  return refs.length === 1 && paths.length === 0 && machine.shape(refs[0])?.kind !== "object";
}

function reportReturn(machine: Machine, kind: string, node: number, body: Value): void {
  if (kind === "redirect" && hasFixedHost(body, kind)) return;
  const bit = machine.models.kinds.bit(kind);
  reportFlow(machine, { sink: "return", kind, bit, node, argument: node, value: deep(machine, body) });
}

/** Headers beside the text that say that it is no page: `text, 200, {"Content-Type": "text/plain"}`. */
function isOtherType(machine: Machine, headers: Value): boolean {
  const type = contentType(machine.onlyShape(headers));
  return type?.constants !== undefined && !type.constants.some((constant) => /html|svg|xml/i.test(String(constant)));
}

function contentType(headers: Shape | undefined): Value | undefined {
  return [...(headers?.entries ?? [])].find(([name]) => /^content-type$/i.test(String(name)))?.[1];
}

/** `{"headers": {"Content-Type": "text/html"}, "body": …}`: what a gateway sends as a page; `[text]`, what a server of PEP 3333 does. */
function pageIn(machine: Machine, shape: Shape, { body, signature }: EntryModel): Value | undefined {
  if (signature.length > 0 && shape.kind === "list") return joinAll([...shape.entries.values()], shape.rest);
  if (body === undefined) return undefined;
  const headers = shape.entries.get("headers");
  const isPage = headers?.refs.some((ref) =>
    contentType(machine.shape(ref))?.constants?.some((type) => String(type).includes("html")),
  );
  return isPage ? shape.entries.get(body) : undefined;
}
