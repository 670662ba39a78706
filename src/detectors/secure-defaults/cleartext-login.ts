import { z } from "zod";
import { Field } from "../../python/kinds.ts";
import { childByField, NONE, textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import { findArgument } from "../../rules/value-test.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isLocalHost } from "../shared/local-host.ts";
import { makingCall } from "../shared/making-call.ts";
import { beginning } from "../shared/request-address.ts";

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
        /** The argument that is the connection, where the login is no method of it. */
        connection: Argument.optional(),
        /** What the maker is given where it encrypts by itself. */
        "encrypted-by": z.array(z.string()).default([]),
        /** API paths or texts in an argument of the login with which it encrypts first, or sends no password. */
        "unless-given": z.array(z.string()).default([]),
        /** The address says that nothing is encrypted; where this is left out, so does the class. */
        scheme: z.string().optional(),
        /** An address without a scheme is one with this. */
        "scheme-by-default": z.boolean().default(false),
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
    const upgrades = [...calledAs(login.upgrade)];
    for (const call of calledAs(login.callee)) {
      if (upgrades.length > 0 && !isBesides(facts, call, login, upgrades)) continue;
      if (sendsPassword(call, login) && goesFar(facts, call, login))
        yield { node: call.node, fields: { callee: call.name } };
    }
  }
}

/** The connection is made and used in one function, handed to no other, and what begins to encrypt is called in others alone. */
function isBesides(facts: ModuleFacts, call: CallFact, login: Login, upgrades: readonly CallFact[]): boolean {
  const { syntax } = facts;
  const scope = facts.scopeOf(call.node);
  const connection = connectionOf(facts, call, login);
  const own = connection === NONE ? undefined : makingCall(facts, connection);
  if (own === undefined || scope === "" || facts.scopeOf(own.node) !== scope) return false;
  if (upgrades.some(({ node }) => facts.scopeOf(node) === scope)) return false;
  const name = textOf(syntax, connection);
  return !factIndex(facts)
    .callsIn(scope)
    .some((other) => other !== call && other.args.some(({ node }) => textOf(syntax, node) === name));
}

function connectionOf({ syntax }: ModuleFacts, call: CallFact, { connection }: Login): number {
  return connection === undefined
    ? childByField(syntax, childByField(syntax, call.node, Field.function), Field.object)
    : (findArgument(call, connection)?.node ?? NONE);
}

function sendsPassword(call: CallFact, { password, "unless-given": others }: Login): boolean {
  const given = call.args.flatMap(({ value }) => [...value.paths, ...value.constants]);
  if (given.some((one) => typeof one === "string" && others.includes(one))) return false;
  const constants = findArgument(call, password)?.value.constants;
  return constants !== undefined && (constants.length === 0 || constants.some(Boolean));
}

/** Where the connection was made tells; of one that was made elsewhere in the module, each that was. */
function goesFar(facts: ModuleFacts, call: CallFact, login: Login): boolean {
  const made = [...factIndex(facts).calledAs(login["made-by"])];
  const connection = connectionOf(facts, call, login);
  const own = connection === NONE ? undefined : makingCall(facts, connection);
  // What a library makes of another class is none of these: `SMTP_SSL`, where the other branch makes an `SMTP`.
  if (own !== undefined && !made.includes(own) && isOfSameLibrary(own, login)) return false;
  const makers = own !== undefined && made.includes(own) ? [own] : made;
  return makers.length > 0 && makers.every((maker) => isFar(facts, maker, login));
}

/** Whether a call makes something of the library whose connections send passwords as they are. */
function isOfSameLibrary({ callee }: CallFact, { "made-by": makers }: Login): boolean {
  const [library] = makers[0].split(".");
  if (makers.some((maker) => maker.includes("()"))) return false;
  return callee.length > 0 && callee.every((path) => path.split(".")[0] === library);
}

function isFar(facts: ModuleFacts, { args }: CallFact, login: Login): boolean {
  const { scheme, "scheme-by-default": isDefault, "encrypted-by": encrypted } = login;
  if (args.some(({ keyword, value }) => encrypted.includes(keyword ?? "") && !value.constants.includes(false)))
    return false;
  const [address] = args;
  const constants = address?.value.constants ?? [];
  if (address === undefined) return false;
  if (constants.length === 0) return scheme === undefined || startsPlainly(facts, address.node, scheme);
  return constants.every((address) => {
    if (typeof address !== "string") return false;
    const isPlain = address.startsWith(scheme ?? "") || (isDefault && !address.includes("://"));
    if (!isPlain) return false;
    const host = /^(?:\w+:\/\/)?(\[[^\]]*\]|[^/:?]*)/.exec(address)?.[1] ?? "";
    return !isLocalHost(host);
  });
}

/** `f"ldap://{host}"`: the scheme is written out, and no host nearby behind it. */
function startsPlainly(facts: ModuleFacts, address: number, scheme: string): boolean {
  const { text } = beginning(facts, address) ?? { text: "" };
  const [host = "", more] = text.slice(scheme.length).split(/[:/?]/);
  return text.startsWith(scheme) && (more === undefined || !isLocalHost(host));
}
