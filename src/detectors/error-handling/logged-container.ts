import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { both } from "../../rules/triggers.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { RECORDING, recordingCalls } from "../shared/log-calls.ts";
import { textPieces } from "../shared/text-pieces.ts";

/** What a request object is called by its API path. */
const REQUEST =
  /^(?:flask\.request|quart\.request|bottle\.request|web\.Request\(\)|django\.http\.HttpRequest\(\)|rest_framework\.request\.Request\(\)|starlette\.requests\.Request\(\)|aiohttp\.web\.Request\(\)|sanic\.Request\(\)|pyramid\.request\.Request\(\)|tornado\.web\.RequestHandler\(\)\.request)\./;

/** The parts of a request in which passwords, tokens and cookies come. */
const WHOLE =
  /\.(?:headers|cookies|COOKIES|META|POST|form|form\(\)|values|json|json\(\)|get_json\(\)|data|get_data\(\)|body|body\(\)|post\(\)|forms|json_body|environ)$/;

/** Calls that hand on all of what they are given. */
const WRAPPERS = new Set([
  "dict",
  "list",
  "str",
  "repr",
  "vars",
  "sorted",
  "json.dumps",
  "dumps",
  "pformat",
  "pprint.pformat",
]);
const METHODS = /\.(?:items|to_dict|copy|dict|lists|values)$/;

/** Of a mapping, these give its names alone. */
const LISTING = new Set(["list", "sorted"]);

/** A whole request, or the whole environment, in a log. */
export const loggedContainer: ModuleDetector = {
  kind: "module",
  name: "logged-container",
  triggers: both(RECORDING, { isRoute: true, labels: ["remote"], words: ["request", "req", "environ"] }),
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of recordingCalls(facts)) {
    const name = containerIn(facts, call);
    if (name !== undefined) yield { node: call.node, call, fields: { name, sink: call.name } };
  }
}

function containerIn(facts: ModuleFacts, call: CallFact): string | undefined {
  const { syntax } = facts;
  let found: string | undefined;
  const stop = (node: number): boolean => {
    if (found !== undefined) return true;
    if (syntax.kind[node] === Kind.identifier) return false;
    if (isWhole(facts, node)) {
      found = textOf(syntax, node);
      return true;
    }
    const inner = factIndex(facts).callAt.get(node);
    if (inner === undefined || !(WRAPPERS.has(inner.name) || METHODS.test(inner.name))) return false;
    if (LISTING.has(inner.name) && !givesPairs(facts, inner)) return true;
    const receiver = METHODS.test(inner.name) ? node + 2 : undefined;
    for (const part of [
      ...inner.args.map((argument) => argument.node),
      ...(receiver === undefined ? [] : [receiver]),
    ]) {
      textPieces(facts, part, stop);
    }
    return true;
  };
  for (const argument of call.args) textPieces(facts, argument.node, stop);
  return found;
}

/** `list(headers.items())`, and Werkzeug's headers, which are a list of pairs by themselves. */
function givesPairs(facts: ModuleFacts, { args: [given] }: CallFact): boolean {
  if (given === undefined) return false;
  const inner = factIndex(facts).callAt.get(given.node);
  if (inner !== undefined && METHODS.test(inner.name)) return true;
  return given.value.paths.some((path) => /^(?:flask|quart)\.request\.headers$/.test(path));
}

function isWhole(facts: ModuleFacts, node: number): boolean {
  const paths = facts.value(node)?.paths ?? [];
  return paths.some((path) => path === "os.environ" || (REQUEST.test(path) && WHOLE.test(path)));
}
