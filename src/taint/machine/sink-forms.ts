import { ownEntry } from "../../text/own-entry.ts";
import { type ClassInfo, inLineage } from "../calls/callables.ts";
import type { CompiledSink } from "../models/model-tables.ts";
import { deep } from "../values/carry.ts";
import { constantPrefix } from "../values/fixed-host.ts";
import type { Shape } from "../values/shape.ts";
import type { Value } from "../values/value.ts";
import type { Machine } from "./machine.ts";

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
export function formOf(machine: Machine, sink: CompiledSink, value: Value): Value {
  switch (sink.form) {
    case "any":
      return sink.feeds === "path" && isStream(machine, value) ? { ...value, labels: 0 } : deep(machine, value);
    case "text":
      // What is no text in the place of a statement is an expression object, and that binds its values; a mapping is sent as JSON.
      return (sink.feeds === "sql" && !value.text) || (sink.feeds === "html" && isMapping(machine, value))
        ? { ...value, labels: 0 }
        : deep(machine, value);
    case "url":
      if (sink.feeds === "ssrf" && isStream(machine, value)) return { ...value, labels: 0 };
      return hasFixedHost(value, sink.feeds) ? { ...value, labels: 0 } : deep(machine, value);
    case "command-line":
      return eachList(value, (one) => commandPart(machine, one));
    case "shell-line":
      return shellPart(machine, value) ?? { ...value, labels: 0 };
    case "arguments":
      return eachList(value, (one) => argumentsPart(machine, one));
    case "document":
      return documentPart(machine, value);
    case "search":
      return searchPart(machine, value);
    case "fields":
      return unnamedPart(machine, value);
    case "number":
      return value.text ? { ...value, labels: 0 } : deep(machine, value);
    case "header-lines":
      return /^[A-Za-z-]+:/.test(constantPrefix(value) ?? "") && !/\n\r?\n/.test(constantPrefix(value) ?? "")
        ? deep(machine, value)
        : { ...value, labels: 0 };
    case "name":
      return constantPrefix(value) === undefined ? deep(machine, value) : { ...value, labels: 0 };
  }
}

/** Of a mapping, what stands under names that are not written out; a text names nothing. */
function unnamedPart(machine: Machine, value: Value): Value {
  const nothing = { ...value, labels: 0 };
  if (value.text) return nothing;
  if (value.labels !== 0 || !isMapping(machine, value)) return deep(machine, value);
  const parts = value.refs.flatMap((ref) => [machine.shape(ref)?.rest, machine.shape(ref)?.keys]);
  const unnamed = parts.find((part) => part !== undefined && part.labels !== 0);
  return unnamed === undefined ? nothing : deep(machine, unnamed);
}

function isMapping(machine: Machine, { refs }: Value): boolean {
  return refs.length > 0 && refs.every((ref) => machine.shape(ref)?.kind === "dict");
}

function isStream(machine: Machine, value: Value): boolean {
  return value.paths.some((path) => machine.models.isStream(path)) || readsAsFile(machine, value);
}

/** An object of a class of the project that is read from, and that no `__fspath__` makes a path. */
function readsAsFile(machine: Machine, { refs }: Value): boolean {
  const classes = refs.map((ref) => machine.shape(ref)).map((shape) => shape?.kind === "object" && shape.of);
  return classes.length > 0 && classes.every((info) => isReader(info as ClassInfo | false | undefined));
}

function isReader(info: ClassInfo | false | undefined): boolean {
  if (info === false || info === undefined) return false;
  const has = (name: string) => inLineage(info, ({ attributes }) => attributes.has(name) || undefined) === true;
  return has("read") && !has("__fspath__");
}

/** The scheme and host are constant, or (for a redirect) the path on this host begins. */
export function hasFixedHost(value: Value, kind: string): boolean {
  const prefix = constantPrefix(value) ?? (value.constants?.length === 1 ? String(value.constants[0]) : undefined);
  if (prefix === undefined) return false;
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]+[/?#]/i.test(prefix)) return true;
  // A path alone leads to the host that the client was made for.
  if (kind === "ssrf") return /^\/[^/\\]/.test(prefix);
  return kind === "redirect" && /^(?:\/[^/\\]|\?|#|[a-z0-9_-]+[/?#.])/i.test(prefix);
}

/** Of a value that may be one of several lists, such as one that a loop makes longer, the part of the first that has one. */
function eachList(value: Value, part: (one: Value) => Value): Value {
  if (value.refs.length < 2 || value.labels !== 0) return part(value);
  const parts = value.refs.map((ref) => part({ ...value, refs: [ref] }));
  return parts.find(({ labels }) => labels !== 0) ?? { ...value, labels: 0 };
}

/** A string; of a list the program, and what a shell is told to run. The arguments of another program are not a command. */
function commandPart(machine: Machine, value: Value): Value {
  const shape = machine.onlyShape(value);
  if (shape === undefined || shape.kind === "dict" || shape.kind === "object") return deep(machine, value);
  const program = shape.entries.get(0);
  if (program === undefined) return shape.rest === undefined ? { ...value, labels: 0 } : deep(machine, shape.rest);
  return shellPart(machine, value) ?? remotePart(machine, shape) ?? deep(machine, program);
}

/** What a list tells a shell to run, behind constant words of programs that start others: `["sudo", "sh", "-c", line]`. */
function shellPart(machine: Machine, value: Value): Value | undefined {
  const shape = machine.onlyShape(value);
  if (shape === undefined || shape.kind === "dict" || shape.kind === "object") return undefined;
  let shell: Value | undefined;
  for (let index = 0; ; index++) {
    const entry = shape.entries.get(index);
    const word = wordOf(entry);
    if (word === undefined) return shell;
    if (SHELLS.has(word.split("/").at(-1) ?? "")) shell = entry;
    const command = /^-\w*c$|^\/c$|^-command$/i.test(word) ? shape.entries.get(index + 1) : undefined;
    if (shell !== undefined && command !== undefined) return deep(machine, command);
  }
}

/** Options of ssh that take the next word. */
const SSH_VALUES = /^-[BbcDEeFIiJLlmOoPpQRSWw]$/;

/** What ssh is given behind the host is one line for the shell there: `["ssh", host, "ls", folder]`. */
function remotePart(machine: Machine, shape: Shape): Value | undefined {
  if (wordOf(shape.entries.get(0))?.split("/").at(-1) !== "ssh") return undefined;
  let index = 1;
  for (let word = wordOf(shape.entries.get(index)); word?.startsWith("-"); word = wordOf(shape.entries.get(index)))
    index += SSH_VALUES.test(word) ? 2 : 1;
  const line = [...shape.entries].filter(([place]) => typeof place === "number" && place > index);
  return line.map(([, entry]) => deep(machine, entry)).find(({ labels }) => labels !== 0);
}

function wordOf(value: Value | undefined): string | undefined {
  return value?.constants?.length === 1 ? String(value.constants[0]) : undefined;
}

/** Programs with an option that runs another program, or reads or writes a file that it names. */
const ACTING: ReadonlySet<string> = new Set(
  `ansible-playbook awk convert curl docker doas env exiftool ffmpeg find gawk gcc git gpg hg identify kubectl make man
   mogrify mysql mysqldump nmap node npm openssl pandoc perl pg_dump php pip pip3 psql python python3 rsync ruby scp sed
   sendmail sftp ssh strace su sudo svn tar tcpdump unzip vim wget wkhtmltopdf xargs youtube-dl yt-dlp zip`.split(
    /\s+/,
  ),
);

/** Long options that take the next word in whichever program, and short ones by program. What they take is read as no option. */
const LONG_VALUES =
  /^--?(?:agent|author|branch|cookie|data(?:-\w+)?|database|date|description|dir|directory|file(?:name)?|form|format|from|header|host(?:name)?|input|key|language|limit|max-\w+|message|method|name|output|password|path|port|prefix|proxy|range|request|since|tag|target|timeout|title|to|url|user(?:-agent|name)?|until|width|height|vf|filter(?:_complex)?|ss|t)$/;
const SHORT_VALUES: Readonly<Record<string, string>> = {
  curl: "AbcCdDeEFHmoPQrTuUwxXyYz",
  ffmpeg: "ifrtbc",
  git: "Cem",
  psql: "dhpUf",
  pg_dump: "dhpUfn",
  mysql: "hPuD",
  scp: "iPl",
  sed: "f",
  ssh: "iplFJ",
  tar: "fCT",
  wget: "OPUo",
  zip: "b",
};

function takesValue(program: string, word: string): boolean {
  if (word.startsWith("--") || word.length > 2) return LONG_VALUES.test(word);
  return word.startsWith("-") && ownEntry(SHORT_VALUES, program)?.includes(word[1]) === true;
}

/**
 * What a list hands to a constant program that can be told to do something else. Behind `--`, and behind a constant beginning, nothing is
 * read as an option.
 */
function argumentsPart(machine: Machine, value: Value): Value {
  const shape = machine.onlyShape(value);
  const nothing = { ...value, labels: 0 };
  if (shape === undefined || shape.kind === "dict" || shape.kind === "object") return nothing;
  const program = shape.entries.get(0);
  if (program === undefined || (program.constancy !== "constant" && !program.paths.includes("sys.executable")))
    return nothing;
  const name = program.paths.includes("sys.executable")
    ? "python"
    : (String(program.constants?.[0]).split("/").at(-1) ?? "");
  if (!ACTING.has(name)) return nothing;
  let isValue = false;
  for (const [index, entry] of shape.entries) {
    const word = wordOf(entry);
    if (word === "--" || word === "--end-of-options") return nothing;
    if (index !== 0 && entry.labels !== 0 && constantPrefix(entry) === undefined && !isValue) return entry;
    isValue = word !== undefined && takesValue(name, word);
  }
  return shape.rest === undefined || constantPrefix(shape.rest) !== undefined ? nothing : deep(machine, shape.rest);
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

/** Parts of a search that hold other parts; what stands under any other name is a clause, which takes values. */
const STRUCTURE =
  /^(?:query|bool|must|must_not|should|filter|post_filter|constant_score|dis_max|queries|function_score|functions|nested|aggs|aggregations|\d+)$/;

/** A search body: who gives a part of its structure searches as they like, and so do texts with a syntax of their own. */
function searchPart(machine: Machine, value: Value): Value {
  const nothing = { ...value, labels: 0 };
  if (value.refs.length === 0) return value.text ? nothing : value;
  for (const ref of value.refs) {
    const shape = machine.shape(ref);
    for (const [key, entry] of shape?.entries ?? []) {
      const name = String(key);
      const part = /^(?:query_string|simple_query_string|script|script_fields|source)$/.test(name)
        ? deep(machine, entry)
        : STRUCTURE.test(name)
          ? searchPart(machine, entry)
          : nothing;
      if (part.labels !== 0) return { ...value, labels: part.labels, cleared: part.cleared, origin: part.origin };
    }
  }
  return nothing;
}
