import { z } from "zod";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { AssignmentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

const Options = z.strictObject({
  /** Whose check is switched off: of the certificate altogether, or only of the name in it. */
  check: z.enum(["certificate", "hostname"]),
});
type Options = z.infer<typeof Options>;

const CONTEXTS = ["ssl.create_default_context()", "ssl.SSLContext()", "ssl._create_stdlib_context()"];

const SERVER_SIDE = ["ssl.Purpose.CLIENT_AUTH", "ssl.PROTOCOL_TLS_SERVER"];

/**
 * TLS contexts of clients whose check is switched off. A context for the server's side asks its clients for no
 * certificate, and is right to. Where `verify_mode` falls too or is decided elsewhere, nothing is said of `check_hostname`.
 */
export const tlsContext: ModuleDetector = {
  kind: "module",
  name: "tls-context",
  triggers: {
    targets: CONTEXTS.map((context) => `${context}.verify_mode`).concat(
      CONTEXTS.map((context) => `${context}.check_hostname`),
    ),
  },
  prepare: (raw) => {
    const options = Options.parse(raw);
    return (facts) => detect(facts, options);
  },
};

function* detect(facts: ModuleFacts, { check }: Options): Generator<Detection> {
  const modes = facts.assignments.filter((fact) => isSetting(fact, "verify_mode") && isNoCheck(fact));
  const names = facts.assignments.filter((fact) => isSetting(fact, "check_hostname") && isFalse(fact));
  const decided = facts.assignments.filter((fact) => isSetting(fact, "verify_mode") && !isRequired(fact));
  const elsewhere = new Set(decided.map((fact) => contextKey(facts, fact)));
  const alone = names.filter((fact) => !elsewhere.has(contextKey(facts, fact)));
  for (const fact of check === "certificate" ? modes : alone) {
    if (!isServerSide(facts, fact)) yield { node: fact.node, fields: { name: fact.name } };
  }
}

function isSetting(fact: AssignmentFact, attribute: string): boolean {
  return fact.paths.some((path) => CONTEXTS.some((context) => path === `${context}.${attribute}`));
}

function isNoCheck(fact: AssignmentFact): boolean {
  const { paths, constants } = fact.valueFact;
  return (
    paths.includes("ssl.CERT_NONE") ||
    paths.includes("ssl.VerifyMode.CERT_NONE") ||
    (constants.length === 1 && constants[0] === 0)
  );
}

function isRequired(fact: AssignmentFact): boolean {
  return fact.valueFact.paths.some((path) => path === "ssl.CERT_REQUIRED" || path === "ssl.VerifyMode.CERT_REQUIRED");
}

function isFalse(fact: AssignmentFact): boolean {
  return fact.valueFact.constants.length === 1 && fact.valueFact.constants[0] === false;
}

/** The same variable in the same scope. */
function contextKey(facts: ModuleFacts, fact: AssignmentFact): string {
  return `${facts.scopeOf(fact.node)}\n${variableOf(fact)}`;
}

function variableOf(fact: AssignmentFact): string {
  return fact.name.slice(0, fact.name.lastIndexOf("."));
}

/** Whether the context was made for a server: by its own call where that is seen, else by any in the module. */
function isServerSide(facts: ModuleFacts, fact: AssignmentFact): boolean {
  const scope = facts.scopeOf(fact.node);
  const { assignmentsTo, callAt } = factIndex(facts);
  const made = assignmentsTo(scope, variableOf(fact)).findLast((other) => other.node < fact.node);
  const call = made && callAt.get(made.value);
  return call !== undefined && makesServerContext(call);
}

function makesServerContext(call: CallFact): boolean {
  return call.args.some((argument) =>
    argument.value.paths.some((path) => SERVER_SIDE.includes(path.replace("_SSLMethod.", ""))),
  );
}
