import { lastPart } from "../../python/last-part.ts";
import type { ChangeSides } from "../../rules/detector.ts";
import type { CallFact } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";

/** Functions that make somebody the one who has signed in. */
const SIGNS_IN = /^django\.contrib\.auth\.a?login$|^flask_login\.(?:utils\.)?login_user$/;

/** Names of functions and methods that look at a password. */
const LOOKS = /^a?(?:authenticate|check_?password(?:_hash)?|checkpw|verify_?password(?:_hash)?|verify)$/i;

/** Names of what may look at something else that shows who somebody is. */
const LOOKS_OTHERWISE =
  /auth|verif|valid|token|check|confirm|decode|loads|unsign|ldap|bind|saml|assert|code|key|login|sign/i;

/** The call by which a function looked at the password of whom it signs in, where it calls nothing now that may look at anything. */
export function lostPasswordCheck({ base, head }: ChangeSides, scope: string): string | undefined {
  const before = factIndex(base).callsIn(scope);
  const after = factIndex(head).callsIn(scope);
  if (!before.some(signsIn) || !after.some(signsIn)) return undefined;
  const known = new Set(before.map(({ name }) => name));
  const mayLook = (call: CallFact) => {
    const name = lastPart(call.name);
    return LOOKS.test(name) || (!signsIn(call) && !known.has(call.name) && LOOKS_OTHERWISE.test(name));
  };
  return after.some(mayLook) ? undefined : before.find(({ name }) => LOOKS.test(lastPart(name)))?.name;
}

function signsIn({ callee }: CallFact): boolean {
  return callee.some((path) => SIGNS_IN.test(path));
}
