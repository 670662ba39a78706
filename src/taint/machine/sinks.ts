import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import { type Argument, type Arguments, allArguments, findArgument } from "../expressions/arguments.ts";
import { harmlessPlaces } from "../expressions/format.ts";
import type { TraceStep } from "../facts.ts";
import { shorten } from "../library/library.ts";
import type { ModelTest } from "../models/model.ts";
import type { CompiledSink } from "../models/model-index.ts";
import { deep } from "../values/carry.ts";
import { harmlessBefore, stepsBack } from "../values/origins.ts";
import { joinAll, sequenceShape } from "../values/shape.ts";
import { type Origin, refValue, type Value, withCleared } from "../values/value.ts";
import type { Machine } from "./machine.ts";

/** Asks the sinks of a call which of its arguments carry labels that are not cleared for them. */
export function checkCallSinks(
  machine: Machine,
  node: number,
  paths: readonly string[],
  args: Arguments,
  receiver: Value | undefined,
): void {
  for (const path of paths) {
    for (const sink of machine.models.sinks(path)) {
      if (!applies(machine, sink, args)) continue;
      for (const { node: at, value } of portsOf(machine, node, sink, args, receiver)) {
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

/** Asks the sinks of an assignment to an attribute or item: `response.headers["Location"] = …`. */
export function checkAssignedSinks(
  machine: Machine,
  node: number,
  paths: readonly string[],
  valueNode: number,
  value: Value,
): void {
  for (const path of paths) {
    for (const sink of machine.models.sinks(path)) {
      if (sink.port.kind !== "assigned") continue;
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
    const steps = [...stepsOf(machine, origin, mask), last];
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
    const shape = value.refs.length === 1 ? machine.shape(value.refs[0]) : undefined;
    if (shape === undefined || shape.kind === "dict" || shape.kind === "object") return [value];
    return shape.rest === undefined ? [...shape.entries.values()] : [...shape.entries.values(), shape.rest];
  });
  const rest = args.others.map(({ value }) => deep(machine, value));
  const list = sequenceShape("list", values, joinAll(rest));
  return refValue(machine.allocate(list), "dynamic");
}

function applies(machine: Machine, sink: CompiledSink, args: Arguments): boolean {
  return (
    sink.when.every((test) => holds(machine, test, args)) && !sink.unless.some((test) => holds(machine, test, args))
  );
}

/** Three-valued, and what is not known does not hold. */
function holds(machine: Machine, test: ModelTest, args: Arguments): boolean {
  const argument: Argument | undefined = findArgument(args, test.position, test.keywords);
  if (test.present !== undefined) return (argument !== undefined) === test.present;
  if (argument === undefined) return false;
  const { value } = argument;
  if (test.isPath !== undefined)
    return value.paths.some((path) => test.isPath?.includes(machine.models.canonical(path)));
  if (value.constants === undefined || value.constants.length === 0) return false;
  const { lacks } = test;
  if (lacks !== undefined) {
    return value.constants.every((constant) => typeof constant === "string" && !constant.includes(lacks));
  }
  return value.constants.every((constant) => constant === test.equals);
}

const SHELLS: ReadonlySet<string> = new Set([
  "sh",
  "bash",
  "zsh",
  "dash",
  "ksh",
  "cmd",
  "cmd.exe",
  "powershell",
  "pwsh",
]);

/** The part of the value that the sink reads. */
function formOf(machine: Machine, sink: CompiledSink, value: Value): Value {
  switch (sink.form) {
    case "any":
      return sink.feeds === "path" && isStream(machine, value) ? { ...value, labels: 0 } : deep(machine, value);
    case "text":
      // What is no text in the place of a statement is an expression object, and that binds its values.
      return sink.feeds === "sql" && !value.text ? { ...value, labels: 0 } : deep(machine, value);
    case "url":
      return hasFixedHost(value, sink.feeds) ? { ...value, labels: 0 } : deep(machine, value);
    case "command-line":
      return commandPart(machine, value);
    case "shell-line":
      return shellPart(machine, value) ?? { ...value, labels: 0 };
    case "arguments":
      return argumentsPart(machine, value);
    case "document":
      return documentPart(machine, value);
    case "number":
      return value.text ? { ...value, labels: 0 } : deep(machine, value);
    case "name":
      return value.prefix === undefined ? deep(machine, value) : { ...value, labels: 0 };
  }
}

function isStream({ models }: Machine, { paths }: Value): boolean {
  return paths.some((path) => models.isStream(path));
}

/** The scheme and host are constant, or (for a redirect) the path on this host begins. */
function hasFixedHost(value: Value, kind: string): boolean {
  const prefix = value.prefix ?? (value.constants?.length === 1 ? String(value.constants[0]) : undefined);
  if (prefix === undefined) return false;
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]+[/?#]/i.test(prefix)) return true;
  // A path alone leads to the host that the client was made for.
  if (kind === "ssrf") return /^\/[^/\\]/.test(prefix);
  return kind === "redirect" && /^(?:\/[^/\\]|\?|#|[a-z0-9_-]+[/?#])/i.test(prefix);
}

/** A string; of a list the program, and what a shell is told to run. The arguments of another program are not a command. */
function commandPart(machine: Machine, value: Value): Value {
  const shape = value.refs.length === 1 ? machine.shape(value.refs[0]) : undefined;
  if (shape === undefined || shape.kind === "dict" || shape.kind === "object") return deep(machine, value);
  const program = shape.entries.get(0);
  if (program === undefined) return shape.rest === undefined ? { ...value, labels: 0 } : deep(machine, shape.rest);
  return shellPart(machine, value) ?? deep(machine, program);
}

/** What a list with a shell in front tells that shell to run: `["sh", "-c", line]`. */
function shellPart(machine: Machine, value: Value): Value | undefined {
  const shape = value.refs.length === 1 ? machine.shape(value.refs[0]) : undefined;
  if (shape === undefined || shape.kind === "dict" || shape.kind === "object") return undefined;
  const program = shape.entries.get(0);
  const name = program?.constants?.length === 1 ? String(program.constants[0]).split("/").at(-1) : undefined;
  if (name === undefined || !SHELLS.has(name)) return undefined;
  for (const [index, entry] of shape.entries) {
    const isCommandFlag = entry.constants?.length === 1 && /^-\w*c$|^\/c$|^-command$/i.test(String(entry.constants[0]));
    const command = isCommandFlag && typeof index === "number" ? shape.entries.get(index + 1) : undefined;
    if (command !== undefined) return deep(machine, command);
  }
  return program;
}

/** Programs with an option that runs another program, or reads or writes a file that it names. */
const ACTING: ReadonlySet<string> = new Set(
  `ansible-playbook awk convert curl docker doas env exiftool ffmpeg find gawk gcc git gpg hg identify kubectl make man
   mogrify mysql mysqldump nmap node npm openssl pandoc perl pg_dump php pip pip3 psql python python3 rsync ruby scp sed
   sendmail sftp ssh strace su sudo svn tar tcpdump unzip vim wget wkhtmltopdf xargs youtube-dl yt-dlp zip`.split(
    /\s+/,
  ),
);

/**
 * What a list hands to a constant program that can be told to do something else. Behind `--`, and behind a constant beginning, nothing is
 * read as an option.
 */
function argumentsPart(machine: Machine, value: Value): Value {
  const shape = value.refs.length === 1 ? machine.shape(value.refs[0]) : undefined;
  const nothing = { ...value, labels: 0 };
  if (shape === undefined || shape.kind === "dict" || shape.kind === "object") return nothing;
  const program = shape.entries.get(0);
  if (program?.constancy !== "constant") return nothing;
  if (!ACTING.has(String(program.constants?.[0]).split("/").at(-1) ?? "")) return nothing;
  for (const [index, entry] of shape.entries) {
    if (entry.constants?.length === 1 && entry.constants[0] === "--") return nothing;
    if (index === 0 || entry.labels === 0 || entry.prefix !== undefined) continue;
    return entry;
  }
  return shape.rest === undefined || shape.rest.prefix !== undefined ? nothing : deep(machine, shape.rest);
}

/** A query document: text in it is a value, anything else may be an operator of its own. */
function documentPart(machine: Machine, value: Value): Value {
  if (value.refs.length === 0) return value.text ? { ...value, labels: 0 } : value;
  let result: Value = value;
  for (const ref of value.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined) continue;
    for (const [key, entry] of [...shape.entries, ...(shape.rest === undefined ? [] : [["", shape.rest] as const])]) {
      // What is compared as it is has no operators of its own.
      if (key === "$eq") continue;
      const part = key === "$where" ? deep(machine, entry) : documentPart(machine, entry);
      if (part.labels !== 0 && result.labels === 0)
        result = { ...result, labels: part.labels, cleared: part.cleared, origin: part.origin };
    }
  }
  return result;
}
