import { Field, Kind } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import { nameWords } from "../../text/name-words.ts";
import { builtOn } from "../calls/constructors.ts";
import { withHandedOver } from "../calls/handed-over.ts";
import { type Argument, type Arguments, allArguments, findArgument } from "../expressions/arguments.ts";
import { harmlessPlaces } from "../expressions/format.ts";
import type { TraceStep } from "../facts.ts";
import { shorten } from "../library/library.ts";
import type { ModelTest } from "../models/model.ts";
import type { CompiledSink } from "../models/model-tables.ts";
import { deep } from "../values/carry.ts";
import { constantPrefix } from "../values/fixed-host.ts";
import { harmlessBefore, stepsBack } from "../values/origins.ts";
import { joinAll, type Shape, sequenceShape } from "../values/shape.ts";
import { type Origin, refValue, type Value, withCleared } from "../values/value.ts";
import type { Machine } from "./machine.ts";
import { formOf } from "./sink-forms.ts";

/** Asks the sinks of a call which of its arguments carry labels that are not cleared for them; `defines` of a class of the project. */
export function checkCallSinks(
  machine: Machine,
  node: number,
  paths: readonly string[],
  args: Arguments,
  receiver: Value | undefined,
  defines?: (method: string) => boolean,
): void {
  for (const path of paths) {
    for (const sink of machine.models.sinks(path)) {
      if (sink.unlessMethod !== undefined && defines?.(sink.unlessMethod) === true) continue;
      if (!applies(machine, sink, args) || isTakenBack(machine, sink, node)) continue;
      for (const { node: at, value: given } of portsOf(machine, node, sink, args, receiver)) {
        const value = sink.entry === undefined ? given : entryIn(machine, given, sink.entry);
        if (value === undefined || (sink.entry === "location" && staysHere(statusesOf(args)))) continue;
        reportFlow(machine, {
          sink: path,
          kind: sink.feeds,
          bit: sink.bit,
          node,
          argument: at,
          value: formOf(machine, sink, value),
        });
      }
    }
  }
}

/** Methods that run a statement, of whatever driver. */
const RUNS = /^(?:execute(?:many|script)?|fetch(?:all|one|row|val|_all|_one|_val)?|query|raw|run)$/;
const STATEMENT = /^\s*(?:alter|call|create|delete|drop|exec|insert|merge|replace|select|truncate|update|with)\s/i;

/** `connection.execute("SELECT … " + name)` of an object of which nothing is known: the statement says what the method does. */
export function checkStatement(machine: Machine, node: number, name: string, args: Arguments): void {
  const [statement] = args.positional;
  if (statement === undefined || !RUNS.test(name) || !STATEMENT.test(constantPrefix(statement.value) ?? "")) return;
  const { node: argument, value } = statement;
  if (!value.text) return;
  reportFlow(machine, { sink: name, kind: "sql", bit: machine.models.kinds.bit("sql"), node, argument, value });
}

function statusesOf({ keywords, positional }: Arguments): readonly Value[] {
  const named = [keywords.get("status"), keywords.get("status_code")].filter((given) => given !== undefined);
  return [...named, ...positional.slice(1)].map(({ value }) => value);
}

/**
 * Whether one of the values is a status, by its number or its line, with which a browser does not go on to the `Location` that is sent: any
 * but those that begin with a 3 (RFC 9110, 10.2.2).
 */
export function staysHere(values: readonly Value[]): boolean {
  return values.some(({ constants }) => constants?.every((one) => /^[1245]\d\d(?:\s|$)/.test(String(one))) === true);
}

/** What a mapping, or a list of pairs, holds under a name of headers, in whatever case. */
export function entryIn(machine: Machine, headers: Value, name: string): Value | undefined {
  const shape = machine.onlyShape(headers);
  const entries = shape?.kind === "dict" ? [...shape.entries] : pairsIn(machine, shape);
  return entries.find(([key]) => String(key).toLowerCase() === name)?.[1];
}

/** `[("Location", address)]`: what a list of pairs holds under constant names. */
function pairsIn(machine: Machine, list: Shape | undefined): [unknown, Value][] {
  return [...(list?.entries.values() ?? [])].flatMap((pair) => {
    const entries = machine.onlyShape(pair)?.entries;
    const [key, value] = [entries?.get(0)?.constants?.[0], entries?.get(1)];
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
}

/** Asks the sinks of an assignment to an attribute, or to an item under a key: `response.headers["Location"] = …`. */
export function checkAssignedSinks(
  machine: Machine,
  node: number,
  paths: readonly string[],
  valueNode: number,
  value: Value,
  key?: unknown,
): void {
  for (const path of paths) {
    for (const sink of machine.models.sinks(path)) {
      if (sink.port.kind !== "assigned" || (sink.feeds === "session" && isWayBack(key))) continue;
      reportFlow(machine, {
        sink: path,
        kind: sink.feeds,
        bit: sink.bit,
        node,
        argument: valueNode,
        value: formOf(machine, sink, value),
      });
    }
  }
}

/** What a visitor looked at, how, and where to go on: a session keeps it for the visitor, and nothing is decided by it. */
const WAYS_BACK: ReadonlySet<string> = new Set(
  (
    "next url uri redirect return referer referrer path page query search filter filters lang language locale theme timezone " +
    "state nonce message flash history tab view sort"
  ).split(" "),
);

/** By the key, or by the name of what holds it: `session[settings.LANGUAGE_SESSION_KEY]`. */
function isWayBack(key: unknown): boolean {
  return typeof key === "string" && nameWords(key).some((word) => WAYS_BACK.has(word));
}

export interface Reached {
  readonly sink: string;
  readonly kind: string;
  readonly bit: number;
  readonly node: number;
  readonly argument: number;
  readonly value: Value;
}

/** Records a flow for each label that arrives and is not cleared for the sink's kind. */
export function reportFlow(machine: Machine, { sink, kind, bit, node, argument, value }: Reached): void {
  if (value.labels === 0 || (value.cleared & bit) !== 0 || value.origin === undefined) return;
  const { origin } = value;
  for (const label of machine.models.labels.list(value.labels)) {
    const mask = machine.models.labels.bit(label);
    if ((harmlessBefore(origin, mask) & bit) !== 0) continue;
    const note = `\`${shorten(textOf(machine.syntax, node))}\` ${machine.models.does(kind)}`;
    const last: TraceStep = { path: machine.unit.path, node, role: "sink", note };
    const steps = [...withHandedOver(machine, stepsOf(machine, origin, mask)), last];
    const key = `${machine.unit.index}:${node}:${argument}:${kind}:${label}`;
    machine.recorder.flow(key, {
      label,
      kind,
      source: sourceOf(origin, mask),
      sink,
      node,
      argument,
      trace: { steps },
    });
  }
}

function stepsOf(machine: Machine, origin: Origin, label: number): TraceStep[] {
  const steps = [...stepsBack(origin, label)].reverse();
  return steps.map(({ file, node, role, note }) => ({ path: machine.units[file].path, node, role, note }));
}

/** The API path at the end of the chain of a label. */
function sourceOf(origin: Origin, label: number): string {
  let { source } = origin;
  for (const step of stepsBack(origin, label)) source = step.source;
  return source;
}

function portsOf(
  machine: Machine,
  node: number,
  sink: CompiledSink,
  args: Arguments,
  receiver: Value | undefined,
): { readonly node: number; readonly value: Value }[] {
  const { port } = sink;
  switch (port.kind) {
    case "argument": {
      const found = findArgument(args, port.position, port.keywords);
      if (found !== undefined) return [found];
      // Behind a splat any argument may be the one.
      return args.others.filter(
        (other) => machine.syntax.text[machine.syntax.start[other.node]] === "*" && port.position === 0,
      );
    }
    case "each":
      return [...(sink.feeds === "log" ? writtenArguments(machine, args) : allArguments(args))];
    case "keywords":
      return args.others.filter((other) => machine.syntax.kind[other.node] === Kind.dictionary_splat);
    case "receiver":
      return receiver === undefined ? [] : [{ node, value: receiver }];
    case "rest":
      return [{ node, value: listFrom(machine, args, port.from) }];
    case "assigned":
      return [];
  }
}

/** `log.info("%s by %r", …)`: as the message writes them. */
function writtenArguments(machine: Machine, args: Arguments): readonly Argument[] {
  const [message, ...values] = args.positional;
  const [template] = message?.value.constants ?? [];
  if (typeof template !== "string" || args.hasSplat) return allArguments(args);
  const harmless = harmlessPlaces(machine, template);
  const written = values.map((one, place) => ({ ...one, value: withCleared(one.value, harmless[place] ?? 0) }));
  return [...args.positional.slice(0, 1), ...written, ...args.keywords.values(), ...args.others];
}

/** The arguments from a position on, with those of a list among them in their places: `execv(program, [program, name])`. */
function listFrom(machine: Machine, args: Arguments, from: number): Value {
  const values = args.positional.slice(from).flatMap(({ value }) => {
    const shape = machine.onlyShape(value);
    if (shape === undefined || shape.kind === "dict" || shape.kind === "object") return [value];
    return shape.rest === undefined ? [...shape.entries.values()] : [...shape.entries.values(), shape.rest];
  });
  const rest = args.others.map(({ value }) => deep(machine, value));
  const list = sequenceShape("list", values, joinAll(rest));
  return refValue(machine.allocate(list), "dynamic");
}

function applies(machine: Machine, sink: CompiledSink, args: Arguments): boolean {
  if (sink.feeds === "html" && isOtherType(machine, args)) return false;
  return (
    sink.when.every((test) => holds(machine, test, args)) && !sink.unless.some((test) => holds(machine, test, args))
  );
}

/** Headers that another service sent: the type of the content is among them. */
function isAnswered(machine: Machine, headers: Value): boolean {
  const { labels } = deep(machine, headers);
  return labels !== 0 && (labels & ~machine.models.labels.mask(["api"])) === 0 && !headers.text;
}

/** `Markup(text).unescape()`: markup for the moment, and text again. */
function isTakenBack({ syntax }: Machine, { feeds }: CompiledSink, call: number): boolean {
  const above = syntax.parent[call];
  if (feeds !== "html" || syntax.kind[above] !== Kind.attribute) return false;
  return /^(?:unescape|striptags)$/.test(textOf(syntax, childByField(syntax, above, Field.attribute)));
}

/** `headers={"Content-Type": "text/plain"}`, `make_response((text, 200, {…}))`: what is sent is no page. */
function isOtherType(machine: Machine, args: Arguments): boolean {
  const [first] = args.positional;
  const parts = machine.onlyShape(first?.value);
  const inside = parts?.kind === "tuple" ? [parts.entries.get(1), parts.entries.get(2)] : [];
  const given = [findArgument(args, undefined, ["headers"]), args.positional[1], args.positional[2]];
  const [named, one, two, innerOne, innerTwo] = [...given.map((argument) => argument?.value), ...inside];
  if ([named, two, innerTwo].some((headers) => headers !== undefined && isAnswered(machine, headers))) return true;
  return [named, one, two, innerOne, innerTwo].some((headers) => {
    const type = headers === undefined ? undefined : entryIn(machine, headers, "content-type")?.constants;
    return type !== undefined && type.length > 0 && !type.some((text) => /html|svg|xml/i.test(String(text)));
  });
}

/** Three-valued, and what is not known does not hold. */
function holds(machine: Machine, test: ModelTest, args: Arguments): boolean {
  const argument: Argument | undefined = findArgument(args, test.position, test.keywords);
  if (test.present !== undefined) return (argument !== undefined) === test.present;
  if (argument === undefined) return false;
  const { value } = argument;
  if (test.isPath !== undefined)
    return knownAs(value).some((path) => test.isPath?.includes(machine.models.canonical(path)));
  if (value.constants === undefined || value.constants.length === 0) return false;
  const { lacks } = test;
  if (lacks !== undefined) {
    return value.constants.every((constant) => typeof constant === "string" && !constant.includes(lacks));
  }
  return value.constants.every((constant) => constant === test.equals);
}

/** A class of the project is known by those of libraries that it is built on: a loader on top of `yaml.SafeLoader`. */
function knownAs(value: Value): readonly string[] {
  return value.paths.length === 0 ? builtOn(value) : value.paths;
}
