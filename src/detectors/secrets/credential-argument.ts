import { z } from "zod";
import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { findArgument } from "../../rules/value-test.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { onlyText } from "../../taint/values/only-text.ts";
import { factIndex } from "../shared/fact-index.ts";
import { literalText } from "../shared/literal.ts";
import { lastNameOf } from "../shared/named-values.ts";
import { saysSecret } from "./secret-name.ts";
import { isSecretValue } from "./secret-value.ts";

const Options = z.strictObject({
  calls: z
    .array(
      z.strictObject({
        /** API paths; `*` in one stands for anything. */
        callee: z.array(z.string()).min(1),
        /** Where the credential stands, or what holds it. */
        argument: z.strictObject({
          position: z.int().nonnegative().optional(),
          keyword: z.string().optional(),
          /** Of a pair `(user, password)`. */
          element: z.int().nonnegative().optional(),
        }),
        /** There is no other argument: with more of them the first is something else. */
        alone: z.boolean().default(false),
        /** The credential stands in a text of settings: `SERVER=db;PWD=…`, `host=db password=…`. */
        "in-settings": z.boolean().default(false),
      }),
    )
    .min(1),
});
type Call = z.infer<typeof Options>["calls"][number];

const SHORTEST = 4;
/** Names that are reported where they are set. */
const REPORTED = ["password", "passwd", "pwd", "passphrase", "secret", "token", "api key", "apikey"].map((phrase) =>
  phrase.split(" "),
);
const SETTING = /(?:^|[;\s])(?:pwd|password)\s*=\s*([^;\s{}]+)/i;

/** Credentials that are known as constants, where a call takes one without a name beside it. */
export const credentialArgument: ModuleDetector = {
  kind: "module",
  name: "credential-argument",
  triggers: (raw) => ({ calls: Options.parse(raw).calls.flatMap(({ callee }) => callee) }),
  prepare: (raw) => {
    const { calls } = Options.parse(raw);
    return (facts) => detect(facts, calls);
  },
};

function* detect(facts: ModuleFacts, calls: readonly Call[]): Generator<Detection> {
  for (const wanted of calls) {
    for (const call of factIndex(facts).calledAs(wanted.callee)) {
      const node = credentialIn(facts, call, wanted);
      if (node !== undefined) yield { node, fields: { name: call.name, callee: call.name } };
    }
  }
}

function credentialIn(facts: ModuleFacts, call: CallFact, wanted: Call): number | undefined {
  const { position, keyword, element } = wanted.argument;
  const argument = findArgument(call, {
    ...(position === undefined ? {} : { position }),
    ...(keyword === undefined ? {} : { keyword }),
  });
  if (argument === undefined || (wanted.alone && call.args.length > 1)) return undefined;
  const isWritten = literalText(facts.syntax, argument.node) !== undefined;
  const name = isWritten ? undefined : lastNameOf(facts.syntax, argument.node);
  if (name !== undefined && saysSecret(name, REPORTED)) return undefined;
  const value = element === undefined ? argument.value : argument.value.elements?.[element];
  const text = onlyText(value);
  const credential = wanted["in-settings"] ? SETTING.exec(text ?? "")?.[1] : text;
  const isOne = credential !== undefined && credential.length >= SHORTEST && isSecretValue(credential, call.name);
  return isOne ? writtenAt(facts, argument.node) : undefined;
}

/** The text that a name of the same scope or of the module was given, once; else the expression itself. */
function writtenAt(facts: ModuleFacts, node: number): number {
  const { syntax } = facts;
  if (syntax.kind[node] !== Kind.identifier) return node;
  const { assignmentsTo } = factIndex(facts);
  const name = textOf(syntax, node);
  const own = assignmentsTo(facts.scopeOf(node), name);
  const [made, ...others] = own.length > 0 ? own : assignmentsTo("", name);
  return made !== undefined && others.length === 0 && literalText(syntax, made.value) !== undefined ? made.value : node;
}
