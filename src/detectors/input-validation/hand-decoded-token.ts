import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { behind, reaches } from "../shared/reaches.ts";

const DECODERS = ["base64.urlsafe_b64decode", "base64.b64decode", "jwt.utils.base64url_decode"];

/** The middle part of a token: `token.split(".")[1]`. */
const MIDDLE = /\.split\(\s*b?["']\.["']\s*\)\s*\[\s*1\s*\]/;

/** Claims that say who somebody is, or may do. */
const IDENTITY =
  /^(?:\[\s*|\.get\(\s*)["'](?:sub|email|upn|preferred_username|user(?:_?(?:id|name))?|roles?|groups|scopes?|permissions|is_admin|admin|oid)["']/;

/** Looks at the signature. */
const VERIFIES = /verif|compare_digest|(?:^|\.)jwt\.decode|jws|signature|introspect/i;

/** Claims of a token that is taken apart by hand, with nothing in the function that looks at its signature. */
export const handDecodedToken: ModuleDetector = {
  kind: "module",
  name: "hand-decoded-token",
  triggers: { calls: DECODERS, and: { calls: ["json.loads"] } },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { calledAs, callsIn } = factIndex(facts);
  const seen = new Set<string>();
  for (const decode of calledAs(DECODERS)) {
    const scope = facts.scopeOf(decode.node);
    const [given] = decode.args;
    if (scope === "" || seen.has(scope) || given === undefined || !holdsMiddle(facts, given.node)) continue;
    seen.add(scope);
    const calls = callsIn(scope);
    if (calls.some(({ name }) => VERIFIES.test(name))) continue;
    const loads = calls.find(
      ({ callee, args: [text] }) =>
        callee.includes("json.loads") && text !== undefined && reaches(facts, text.node, decode.node),
    );
    if (loads === undefined || !isAskedWho(facts, scope, loads.node)) continue;
    yield {
      node: decode.node,
      fields: { callee: decode.name, does: "reads this token without checking who signed it" },
    };
  }
}

/** `token.split(".")[1]`, also where the part has a name, and `_, payload, _ = token.split(".")`. */
function holdsMiddle(facts: ModuleFacts, expression: number): boolean {
  const { syntax } = facts;
  for (const held of behind(facts, expression)) {
    if (MIDDLE.test(textOf(syntax, held))) return true;
    for (let node = held; node < syntax.next[held]; node++) {
      if (syntax.kind[node] !== Kind.identifier) continue;
      const made = factIndex(facts).assignmentsTo(facts.scopeOf(node), textOf(syntax, node));
      if (made.some(({ target, value }) => isSecondOfThree(syntax, target, value))) return true;
    }
  }
  return false;
}

function isSecondOfThree(syntax: ModuleFacts["syntax"], target: number, value: number): boolean {
  const names =
    syntax.kind[syntax.parent[target]] === Kind.pattern_list ? textOf(syntax, syntax.parent[target]).split(",") : [];
  const isSplit = /\.split\(\s*b?["']\.["']\s*\)$/.test(textOf(syntax, value));
  return isSplit && names.length === 3 && names[1]?.trim() === textOf(syntax, target);
}

/** Whether the claims are asked who somebody is, where they stand or by the name that they were given. */
function isAskedWho({ syntax, assignments, scopeOf }: ModuleFacts, scope: string, loads: number): boolean {
  if (asks(syntax, loads)) return true;
  const name = assignments.find(({ value }) => value === loads)?.name;
  if (name === undefined || !/^\w+$/.test(name)) return false;
  for (let node = loads; node < syntax.kind.length && scopeOf(node) === scope; node++) {
    if (syntax.kind[node] === Kind.identifier && textOf(syntax, node) === name && asks(syntax, node)) return true;
  }
  return false;
}

/** The text right behind: `["sub"]`, `.get("email")`. */
function asks({ text, end }: ModuleFacts["syntax"], node: number): boolean {
  return IDENTITY.test(text.slice(end[node], end[node] + 40));
}
