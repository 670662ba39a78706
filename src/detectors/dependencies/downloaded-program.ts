import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { ownEntry } from "../../text/own-entry.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText, operands, unwrap } from "../shared/literal.ts";
import { SUBPROCESS_STARTERS } from "../shared/program-starters.ts";

const STARTERS = [...SUBPROCESS_STARTERS, ...["os.execv", "os.execl", "os.execvp", "os.startfile", "runpy.run_path"]];

/** What stores what an address answers, by where the path stands. */
const FETCHERS: Readonly<Record<string, number>> = { "urllib.request.urlretrieve": 1, "wget.download": 1 };

/** Programs that run, or install, the file that they are given. */
const RUNNERS =
  /^(?:.*\/)?(?:sudo|sh|bash|zsh|dash|python[\d.]*|node|perl|ruby|msiexec|dpkg|rpm|installer|java|start)$/;

/** Looks at what came: its digest, or who signed it. */
const LOOKS = /hash|digest|sha\d|checksum|blake2|verif|signature|gpg|minisign|cosign/i;

/** Files that come over the network and are run in the same function, with no look at their digest or signature. */
export const downloadedProgram: ModuleDetector = {
  kind: "module",
  name: "downloaded-program",
  triggers: {
    calls: STARTERS,
    and: { calls: [...Object.keys(FETCHERS), "requests.get", "httpx.get", "urllib.request.urlopen"] },
  },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { calledAs } = factIndex(facts);
  for (const [scope, calls] of Map.groupBy(calledAs(STARTERS), ({ node }) => facts.scopeOf(node))) {
    const { fetched, lookedAt } = fetchesIn(facts, scope);
    if (fetched.size === 0) continue;
    for (const call of calls) {
      const fetch = startedBy(facts, call)
        .map((path) => fetched.get(path))
        .find((one) => one !== undefined && one.node < call.node);
      if (fetch !== undefined && lookedAt > call.node)
        yield { node: call.node, fields: { callee: call.name, fetch: fetch.name } };
    }
  }
}

interface Fetches {
  /** The first call that puts what came over the network into a file, by the file as it is written. */
  readonly fetched: ReadonlyMap<string, CallFact>;
  /** The first call that looks at what came. */
  readonly lookedAt: number;
}

function fetchesIn(facts: ModuleFacts, scope: string): Fetches {
  const { syntax } = facts;
  const opened = new Map<string, string>();
  const fetched = new Map<string, CallFact>();
  let lookedAt = Number.POSITIVE_INFINITY;
  for (const call of factIndex(facts).callsIn(scope)) {
    if (LOOKS.test(call.name)) lookedAt = Math.min(lookedAt, call.node);
    const [first] = call.args;
    if (call.callee.includes("open") && first !== undefined)
      opened.set(nameGiven(syntax, call.node), nameOf(syntax, unwrap(syntax, first.node)));
    const path = storedAt(facts, call, opened);
    if (path !== "" && !fetched.has(path)) fetched.set(path, call);
  }
  return { fetched, lookedAt };
}

/** The file that is run, as it is written: the program of a list, or what a program that runs others is given. */
function startedBy({ syntax }: ModuleFacts, { args, callee }: CallFact): readonly string[] {
  const [given] = args;
  if (given === undefined) return [];
  const node = unwrap(syntax, given.node);
  if (!callee.some((path) => path.startsWith("subprocess."))) return [nameOf(syntax, node)].filter(Boolean);
  if (syntax.kind[node] !== Kind.list) return [nameOf(syntax, node)].filter(Boolean);
  const [program = NONE, ...others] = operands(syntax, node);
  const isRunner = RUNNERS.test(literalText(syntax, program) ?? "") || textOf(syntax, program) === "sys.executable";
  return (isRunner ? others : [program]).map((one) => nameOf(syntax, one)).filter(Boolean);
}

/** A variable, also as `str(path)`. */
function nameOf(syntax: ModuleFacts["syntax"], node: number): string {
  const inner =
    syntax.kind[node] === Kind.call ? (/^(?:str|os\.fspath)\(([\w.]+)\)$/.exec(textOf(syntax, node))?.[1] ?? "") : "";
  return syntax.kind[node] === Kind.identifier || syntax.kind[node] === Kind.attribute ? textOf(syntax, node) : inner;
}

/** Where a call puts what came over the network, as it is written; empty where it does not. */
function storedAt(facts: ModuleFacts, call: CallFact, opened: ReadonlyMap<string, string>): string {
  const { syntax } = facts;
  const place = call.callee.map((path) => ownEntry(FETCHERS, path)).find((one) => one !== undefined);
  const path = call.args.find(({ position, keyword }) => position === place || keyword === "filename");
  if (place !== undefined) return path === undefined ? "" : nameOf(syntax, unwrap(syntax, path.node));
  const [written] = call.args;
  if (!/\.write(?:_bytes|_text)?$/.test(call.name) || written?.value.labels.includes("api") !== true) return "";
  const object = childByField(syntax, childByField(syntax, call.node, Field.function), Field.object);
  return call.name.endsWith(".write") ? (opened.get(textOf(syntax, object)) ?? "") : pathOf(facts, object);
}

/** `target`, and that of `Path(target)`. */
function pathOf(facts: ModuleFacts, object: number): string {
  const made = factIndex(facts).callAt.get(object);
  const [first] = made?.args ?? [];
  return nameOf(facts.syntax, made?.name.endsWith("Path") === true && first !== undefined ? first.node : object);
}

/** `as out` behind a call, or `out =` in front of it. */
function nameGiven(syntax: ModuleFacts["syntax"], call: number): string {
  const around = syntax.parent[call];
  const field = syntax.kind[around] === Kind.as_pattern ? Field.alias : Field.left;
  const given = childByField(syntax, around, field);
  return given === NONE ? "" : textOf(syntax, given);
}
