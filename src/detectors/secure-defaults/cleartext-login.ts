import { z } from "zod";
import { Field } from "../../python/kinds.ts";
import { childByField } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { findArgument } from "../../rules/value-test.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isLocalHost } from "../shared/local-host.ts";
import { makingCall } from "../shared/making-call.ts";

const Argument = z.strictObject({ position: z.int().nonnegative(), keyword: z.string() });

const Options = z.strictObject({
  logins: z
    .array(
      z.strictObject({
        /** Methods that send a password as it is. */
        callee: z.array(z.string()).min(1),
        password: Argument,
        /** What makes the connection, which is told the host first. */
        "made-by": z.array(z.string()).min(1),
        /** The address says that nothing is encrypted; where this is left out, so does the class. */
        scheme: z.string().optional(),
        /** Calls that begin to encrypt: with any of them in the module nothing is said. */
        upgrade: z.array(z.string()).min(1),
      }),
    )
    .min(1),
});
type Login = z.infer<typeof Options>["logins"][number];

/** Passwords that go over a connection which nothing encrypts, to a host that is not nearby. */
export const cleartextLogin: ModuleDetector = {
  kind: "module",
  name: "cleartext-login",
  triggers: (raw) => ({ calls: Options.parse(raw).logins.flatMap(({ callee }) => callee) }),
  prepare: (raw) => {
    const { logins } = Options.parse(raw);
    return (facts) => detect(facts, logins);
  },
};

function* detect(facts: ModuleFacts, logins: readonly Login[]): Generator<Detection> {
  const { calledAs } = factIndex(facts);
  for (const login of logins) {
    if (calledAs(login.upgrade).size > 0) continue;
    for (const call of calledAs(login.callee)) {
      if (sendsPassword(call, login) && goesFar(facts, call, login))
        yield { node: call.node, fields: { callee: call.name } };
    }
  }
}

function sendsPassword(call: CallFact, { password }: Login): boolean {
  const constants = findArgument(call, password)?.value.constants;
  return constants !== undefined && (constants.length === 0 || constants.some(Boolean));
}

/** Where the connection was made tells; of one that was made elsewhere in the module, each that was. */
function goesFar(facts: ModuleFacts, call: CallFact, login: Login): boolean {
  const { syntax } = facts;
  const made = [...factIndex(facts).calledAs(login["made-by"])];
  const own = makingCall(facts, childByField(syntax, childByField(syntax, call.node, Field.function), Field.object));
  const makers = own !== undefined && made.includes(own) ? [own] : made;
  return makers.length > 0 && makers.every((maker) => isFar(maker, login));
}

function isFar({ args }: CallFact, { scheme }: Login): boolean {
  const constants = args[0]?.value.constants ?? [];
  if (constants.length === 0) return args.length > 0 && scheme === undefined;
  return constants.every((address) => {
    if (typeof address !== "string" || !address.startsWith(scheme ?? "")) return false;
    const host = /^(?:\w+:\/\/)?(\[[^\]]*\]|[^/:?]*)/.exec(address)?.[1] ?? "";
    return !isLocalHost(host);
  });
}
