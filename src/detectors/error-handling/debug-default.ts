import { Kind } from "../../python/kinds.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { ENVIRONMENT_READERS } from "../shared/environment-readers.ts";
import { isComparedWithOff } from "../shared/environment-switch.ts";
import { factIndex } from "../shared/fact-index.ts";
import { nameWords } from "../shared/name-words.ts";
import { namesAround } from "../shared/names-around.ts";
import { isDevelopmentPath } from "../shared/settings-module.ts";

const ON = new Set(["1", "true", "yes", "on", "t", "y"]);

/** Debug switches that are on where the environment says nothing, or whatever it says. */
export const debugDefault: ModuleDetector = {
  kind: "module",
  name: "debug-default",
  triggers: { calls: [...ENVIRONMENT_READERS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (isDevelopmentPath(facts.path)) return;
  for (const call of facts.calls) {
    const variable = call.args[0]?.value.constants[0];
    if (!isReader(call) || typeof variable !== "string" || !nameWords(variable).includes("debug")) continue;
    if (nameWords(variable).some((word) => word === "level" || word === "log" || word === "sql" || word === "toolbar"))
      continue;
    const fallback = call.args.find(({ position, keyword }) => position === 1 || keyword === "default")?.value;
    const constant = fallback?.constants.length === 1 ? fallback.constants[0] : undefined;
    const when = whenOn(facts, call, constant);
    if (when === undefined) continue;
    // Where any text counts as yes, another fallback cures nothing.
    const off = when === UNSET && { off: converts(call) ? "False" : '""' };
    yield { node: call.node, call, fields: { variable, when, ...off } };
  }
}

function isReader(call: CallFact): boolean {
  return call.callee.some((path) => ENVIRONMENT_READERS.has(path));
}

const UNSET = "where it is not set";

function converts({ args, callee }: CallFact): boolean {
  return args.some(({ keyword }) => keyword === "cast") || callee.some((path) => path.endsWith(".bool"));
}

function whenOn(facts: ModuleFacts, call: CallFact, fallback: unknown): string | undefined {
  const { syntax } = facts;
  const isText = typeof fallback === "string" && fallback !== "";
  if (isText && !converts(call) && isTakenAsTruth(facts, call)) return "for any text that it holds, even False";
  const isOn = fallback === true || fallback === 1 || (isText && ON.has(fallback.toLowerCase()));
  if (!isOn || isComparedWithOff(facts, call)) return undefined;
  return syntax.kind[syntax.parent[call.node]] === Kind.not_operator ? undefined : UNSET;
}

/** `bool(os.getenv(…))`, or the text itself as the switch: `DEBUG = os.getenv(…)`, `run(debug=os.getenv(…))`. */
function isTakenAsTruth(facts: ModuleFacts, call: CallFact): boolean {
  const { syntax } = facts;
  const parent = syntax.parent[call.node];
  const kind = syntax.kind[parent];
  if (kind === Kind.argument_list) return factIndex(facts).callAt.get(syntax.parent[parent])?.name === "bool";
  if (kind !== Kind.assignment && kind !== Kind.keyword_argument) return false;
  return namesAround(facts, call.node)[0]?.toLowerCase() === "debug";
}
