import { Kind } from "../../python/kinds.ts";
import { textOf } from "../../python/walk.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { identifiersIn } from "./guards.ts";

const REFUSING = /^(?:abort|HttpResponseForbidden|HTTPException|HTTPForbidden|Forbidden)$/;

/** Whether a block ends at once: with an exception, with nothing, with a refusal. A bare `return` may as well let somebody through. */
export function isRefusing(facts: ModuleFacts, block: number): boolean {
  const { syntax } = facts;
  for (let at = block; at < syntax.next[block]; at++) {
    const kind = syntax.kind[at];
    if (kind === Kind.raise_statement || kind === Kind.continue_statement) return true;
    if (kind === Kind.return_statement) {
      const answer = textOf(syntax, at).replace(/^return\s*/, "");
      return (
        /^(?:None|False|\[\]|\{\})$/.test(answer) ||
        /\bstatus(?:_code)?\s*=\s*(?:[\w.]*HTTP_)?4\d\d|,\s*4\d\d$/.test(answer) ||
        identifiersIn(facts, at).some((name) => REFUSING.test(name) || /redirect|login|denied|error/i.test(name))
      );
    }
    if (kind === Kind.call && identifiersIn(facts, at).some((name) => REFUSING.test(name))) return true;
  }
  return false;
}
