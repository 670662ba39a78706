import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

/** Protocols that both sides share, and with which nothing is checked unless one asks for it. */
const BOTH_SIDES: ReadonlySet<string> = new Set(["ssl.PROTOCOL_TLS", "ssl.PROTOCOL_SSLv23"]);

/** What a program does with a context that it sets up further, or serves with. */
const SETUP_METHODS =
  /\.(?:load_cert_chain|load_verify_locations|load_default_certs|set_default_verify_paths|set_alpn_protocols|sni_callback)$/;
const SETUP_ATTRIBUTES = /\.(?:verify_mode|check_hostname|verify_flags|sni_callback)$/;

/** TLS contexts, and sockets, that check no certificate because nobody asks them to. */
export const tlsBareContext: ModuleDetector = {
  kind: "module",
  name: "tls-bare-context",
  triggers: { calls: ["ssl.wrap_socket", "ssl.SSLContext"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    if (call.splat || call.doubleSplat) continue;
    if (call.callee.includes("ssl.wrap_socket")) {
      const isChecked = call.args.some(({ keyword, position = 0 }) => keyword === "cert_reqs" || position > 2);
      if (!isChecked && !servesClients(call)) yield { node: call.node, fields: { callee: call.name } };
    }
    if (call.callee.includes("ssl.SSLContext") && isForBothSides(call) && !isSetUp(facts, call)) {
      yield { node: call.node, call, fields: { callee: call.name } };
    }
  }
}

function isForBothSides(call: CallFact): boolean {
  const [protocol] = call.args;
  return protocol === undefined || protocol.value.paths.some((path) => BOTH_SIDES.has(path.replace("_SSLMethod.", "")));
}

function servesClients(call: CallFact): boolean {
  return call.args.some(
    ({ keyword, value }) =>
      keyword === "server_side" && !(value.constants.length === 1 && value.constants[0] === false),
  );
}

/** The variable of the context is told more in the same scope, or serves; a context without a variable is what it is. */
function isSetUp(facts: ModuleFacts, call: CallFact): boolean {
  const scope = facts.scopeOf(call.node);
  const { assignedFrom, assignmentsIn, callsIn } = factIndex(facts);
  const made = assignedFrom(call.node);
  if (made === undefined) return !isHandedToClient(facts, call);
  const variable = made.name;
  const isOf = (name: string) => name.startsWith(`${variable}.`);
  return (
    assignmentsIn(scope).some(({ name }) => isOf(name) && SETUP_ATTRIBUTES.test(name)) ||
    callsIn(scope).some(({ name }) => isOf(name) && SETUP_METHODS.test(name)) ||
    facts.calls.some((other) => isOf(other.name) && other.name.endsWith(".wrap_socket") && servesClients(other)) ||
    !callsIn(scope).some((other) => usesAsClient(facts, other, variable))
  );
}

function usesAsClient(facts: ModuleFacts, call: CallFact, variable: string): boolean {
  if (call.name === `${variable}.wrap_socket`) return call.args.some(({ keyword }) => keyword === "server_hostname");
  return call.args.some(
    ({ node, keyword }) => isContextKeyword(call, keyword) && textOf(facts.syntax, node) === variable,
  );
}

/** Calls of clients take a context by these keywords; servers take `ssl` too, so it counts for connections alone. */
function isContextKeyword(call: CallFact, keyword: string | undefined): boolean {
  return (
    keyword === "context" ||
    keyword === "ssl_context" ||
    (keyword === "ssl" &&
      /(?:^|\.)(?:open_connection|create_connection|connect|get|post|request|ws_connect)$/.test(call.name))
  );
}

function isHandedToClient(facts: ModuleFacts, made: CallFact): boolean {
  return facts.calls.some((call) =>
    call.args.some(({ node, keyword }) => node === made.node && isContextKeyword(call, keyword)),
  );
}
