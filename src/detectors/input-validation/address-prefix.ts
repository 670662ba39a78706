import { Field, Kind } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { brief } from "../shared/brief.ts";
import { literalText, operands, unwrap } from "../shared/literal.ts";

/** How addresses of private networks begin, as text. */
const PRIVATE = /^(?:https?:\/\/)?(?:10|127|169\.254|172|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.$/;

/** Networks by what their texts begin with: two of them are a list of what is private. */
const AT_LEAST = 2;

/** Hosts that are held for private by how their text begins. */
export const addressPrefix: ModuleDetector = {
  kind: "module",
  name: "address-prefix",
  triggers: { names: ["startswith"], and: { texts: ["192\\.168\\."] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const tests = facts.calls
    .filter(({ name }) => name.endsWith(".startswith"))
    .map((call) => ({ call, ...prefixTest(facts, call) }));
  const asked = Map.groupBy(
    tests.filter(({ networks }) => networks.length > 0),
    ({ call, subject }) => `${facts.scopeOf(call.node)}\n${subject}`,
  );
  for (const all of asked.values()) {
    const [first] = all;
    if (first === undefined || new Set(all.flatMap(({ networks }) => networks)).size < AT_LEAST) continue;
    yield { node: first.call.node, fields: { subject: brief(first.subject) } };
  }
}

interface PrefixTest {
  readonly subject: string;
  readonly networks: readonly string[];
}

function prefixTest({ syntax }: ModuleFacts, { node, args }: CallFact): PrefixTest {
  const target = childByField(syntax, node, Field.function);
  const subject = syntax.kind[target] === Kind.attribute ? childByField(syntax, target, Field.object) : NONE;
  const given = args[0] === undefined ? NONE : unwrap(syntax, args[0].node);
  const texts = syntax.kind[given] === Kind.tuple ? operands(syntax, given) : given === NONE ? [] : [given];
  const networks = texts.map((text) => literalText(syntax, text) ?? "").filter((text) => PRIVATE.test(text));
  return { subject: subject === NONE ? "" : textOf(syntax, subject), networks };
}
