import type { ModuleFacts, ValueFact } from "../../taint/facts.ts";
import { isPasswordName } from "../secrets/password-name.ts";
import { factIndex } from "../shared/fact-index.ts";

/** What a function is called that makes a password unreadable. */
export const HASHES = /hash|crypt|pbkdf2|argon|digest|derive|seal|fernet|(?:make|set|encode|secure)_?password/i;

/** Sources that a password was kept in before: what is read there is copied, not taken in. */
const KEPT = new Set(["db", "env", "file", "api"]);

/** A password by its name, of which nothing says where it was read. */
export function isHandedOver({ labels, cleared }: ValueFact): boolean {
  return labels.includes("password") && !labels.some((label) => KEPT.has(label)) && !cleared.includes("storage");
}

/** Whether the function around has a password as a parameter that it does not replace, and nothing in the module hashes or encrypts. */
export function keepsHandedPassword(facts: ModuleFacts, node: number): boolean {
  const scope = facts.scopeOf(node);
  const around = factIndex(facts).functionNamed(scope);
  const isKept = (around?.parameters ?? []).some(
    ({ name }) => isPasswordName(name) && factIndex(facts).assignmentsTo(scope, name).length === 0,
  );
  return isKept && !hashesAnywhere(facts);
}

function hashesAnywhere({ calls, imports }: ModuleFacts): boolean {
  return (
    calls.some(({ name }) => HASHES.test(name)) ||
    imports.some(({ module, member = "" }) => HASHES.test(module) || HASHES.test(member))
  );
}
