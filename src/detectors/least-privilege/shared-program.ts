import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, operands, unwrap } from "../shared/literal.ts";
import { SUBPROCESS_STARTERS } from "../shared/program-starters.ts";

/** Take a program and its arguments as a list, or one line for a shell. */
const STARTERS = [
  ...SUBPROCESS_STARTERS,
  "os.system",
  "os.popen",
  "subprocess.getoutput",
  "asyncio.create_subprocess_shell",
];

/** Take the program and its arguments one by one. */
const ONE_BY_ONE = ["asyncio.create_subprocess_exec", "os.execl", "os.execlp", "os.startfile"];

/** Run a file of Python, by the place of its path. */
const LOADERS: Readonly<Record<string, number>> = {
  "runpy.run_path": 0,
  "importlib.util.spec_from_file_location": 1,
  "importlib.machinery.SourceFileLoader": 1,
};

/** Programs that run the file that they are given. */
const RUNNER = /^(?:\S*\/)?(?:sudo|nohup|env|sh|bash|zsh|dash|ksh|source|\.|python[\d.]*|node|perl|ruby|php)$/;

/** Folders in which every account may make files. */
const SHARED = /^\/(?:tmp|var\/tmp|dev\/shm)\/./;

/** Programs and scripts that are run out of a folder that everybody writes to, under a name that everybody can work out. */
export const sharedProgram: ModuleDetector = {
  kind: "module",
  name: "shared-program",
  triggers: {
    calls: [...STARTERS, ...ONE_BY_ONE, ...Object.keys(LOADERS), "exec"],
    and: { texts: ["/tmp/", "/dev/shm/"] },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of factIndex(facts).calledAs([...STARTERS, ...ONE_BY_ONE, ...Object.keys(LOADERS), "exec"])) {
    const file = filesRunBy(facts, call).find((path) => SHARED.test(path));
    if (file !== undefined) yield { node: call.node, fields: { callee: call.name, file: shown(file) } };
  }
}

/** Paths of what a call runs, or their beginnings. */
function filesRunBy(facts: ModuleFacts, call: CallFact): readonly string[] {
  const [first] = call.args;
  if (first === undefined) return [];
  const place = call.callee.flatMap((path) => (Object.hasOwn(LOADERS, path) ? [LOADERS[path]] : []))[0];
  if (place !== undefined) {
    const given = call.args.find(({ position }) => position === place);
    return given === undefined ? [] : [beginningOf(facts, given.node)];
  }
  if (call.callee.includes("exec")) return [beginningOf(facts, openedIn(facts, first.node))];
  if (call.callee.some((path) => ONE_BY_ONE.includes(path))) {
    return fileOf(
      call.args.flatMap(({ position, node }) => (position === undefined ? [] : [beginningOf(facts, node)])),
    );
  }
  const node = givenAt(facts, first.node);
  const { kind } = facts.syntax;
  if (kind[node] === Kind.list || kind[node] === Kind.tuple) {
    return fileOf(operands(facts.syntax, node).map((one) => beginningOf(facts, one)));
  }
  return fileOf(beginningOf(facts, node).trim().split(/\s+/));
}

/** The program, or the first word behind it that is no option, where the program runs others. */
function fileOf(words: readonly string[]): readonly string[] {
  const file = words.find((word, at) => !(RUNNER.test(word) || (at > 0 && word.startsWith("-"))));
  return file === undefined ? [] : [file];
}

/** What `exec(open(path).read())` opens. */
function openedIn(facts: ModuleFacts, node: number): number {
  const { syntax } = facts;
  for (let at = node; at < syntax.next[node]; at++) {
    const call = factIndex(facts).callAt.get(at);
    if (call?.callee.includes("open") === true) return call.args[0]?.node ?? NONE;
  }
  return NONE;
}

/** Assignments that are followed one after the other. */
const MAX_ASSIGNMENTS = 4;

/** What a name was given, where that is one value. */
function givenAt(facts: ModuleFacts, given: number): number {
  const { syntax } = facts;
  let node = unwrap(syntax, given);
  for (let turn = 0; turn < MAX_ASSIGNMENTS && syntax.kind[node] === Kind.identifier; turn++) {
    const name = textOf(syntax, node);
    const index = factIndex(facts);
    const local = index.assignmentsTo(facts.scopeOf(node), name);
    const [made, ...others] = local.length > 0 ? local : index.assignmentsTo("", name);
    if (made === undefined || others.length > 0 || syntax.kind[made.target] !== Kind.identifier) return node;
    node = unwrap(syntax, made.value);
  }
  return node;
}

/** The constant beginning of a text, of a path that is joined, and of `str(path)`. */
function beginningOf(facts: ModuleFacts, given: number): string {
  if (given === NONE) return "";
  const { syntax } = facts;
  const node = givenAt(facts, given);
  if (syntax.kind[node] === Kind.string) return literalText(syntax, node) ?? beforeValue(syntax, node);
  if (syntax.kind[node] === Kind.binary_operator) {
    const left = childByField(syntax, node, Field.left);
    const isLonger = /^\s*\//.test(syntax.text.slice(syntax.end[left], syntax.end[left] + 2));
    return `${literalAt(facts, left)}${isLonger ? "/…" : ""}`;
  }
  const call = factIndex(facts).callAt.get(node);
  const [first, ...rest] = call?.args ?? [];
  if (call === undefined || first === undefined) return "";
  if (call.callee.includes("os.path.join")) return `${literalAt(facts, first.node)}${rest.length > 0 ? "/…" : ""}`;
  return call.callee.some((path) => path === "str" || path === "pathlib.Path") ? literalAt(facts, first.node) : "";
}

/** A literal, also by a name. */
function literalAt(facts: ModuleFacts, given: number): string {
  const { syntax } = facts;
  const node = givenAt(facts, given);
  return literalText(syntax, node) ?? (syntax.kind[node] === Kind.string ? beforeValue(syntax, node) : "");
}

/** The text in front of the first value of an f-string, and a mark for that value. */
function beforeValue(syntax: ModuleFacts["syntax"], node: number): string {
  const first = operands(syntax, node).find((part) => syntax.kind[part] === Kind.interpolation);
  if (first === undefined) return "";
  return `${syntax.text.slice(syntax.end[node + 1], syntax.start[first])}…`;
}

/** A path in a message: no longer than a line holds. */
function shown(path: string): string {
  return path.length > 60 ? `${path.slice(0, 60)}…` : path;
}
