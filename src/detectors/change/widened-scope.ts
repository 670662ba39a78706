import { Field, Kind } from "../../python/kinds.ts";
import type { SyntaxArrays } from "../../python/syntax-arrays.ts";
import { childByField, NONE } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { namedValues } from "../shared/named-values.ts";

/** Rights that a list under one name asks for, each with the literal that has it. */
type Scopes = ReadonlyMap<string, number>;

/** Rights that an application asks of an OAuth provider beyond those it asked for before. */
export const widenedScope: ChangeDetector = {
  kind: "change",
  name: "widened-scope",
  prepare: () => ({ concerns: ({ added }) => /["']/u.test(added), detect }),
};

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const before = scopesOf(base);
  const known = new Set([...before.values()].flatMap((scopes) => [...scopes.keys()]));
  for (const [name, scopes] of scopesOf(head)) {
    const old = before.get(name);
    if (old === undefined) continue;
    const gone = [...old.keys()].filter((scope) => !scopes.has(scope));
    for (const [scope, node] of scopes) {
      // What was exchanged for another one is judged by itself, unless it was the same for reading.
      const isMore = gone.length === 0 || gone.some((one) => asksToRead(one, scope));
      if (!known.has(scope) && isMore && !HARMLESS.has(scope)) yield { node, fields: { scope } };
    }
  }
}

/** Who somebody is, to sign them in. */
const HARMLESS = new Set(["openid", "email", "profile", "offline_access"]);

/** `drive.readonly` and `drive`, `repo:read` and `repo:write`: the same thing, for reading alone. */
function asksToRead(narrow: string, wide: string): boolean {
  const reads = /[.:_/-]?(?:read[_-]?only|read)$/iu;
  return (
    reads.test(narrow) &&
    wide.replace(/[.:_/-]?(?:read[_-]?write|write|admin|full)$/iu, "") === narrow.replace(reads, "")
  );
}

/** What a table of rights says of each: `{"read": {"description": "Read what is shared"}}`. */
function isDescription(syntax: SyntaxArrays, node: number): boolean {
  const pair = syntax.parent[node];
  const key = syntax.kind[pair] === Kind.pair ? childByField(syntax, pair, Field.key) : NONE;
  const name = key === NONE || key === node ? undefined : literalText(syntax, key);
  return name !== undefined && /^(?:description|title|label|help|help_text|doc|summary|name|text|message)$/i.test(name);
}

/** By the function and the name that they stand under. */
function scopesOf(facts: ModuleFacts): ReadonlyMap<string, Scopes> {
  const { syntax } = facts;
  const found = new Map<string, Map<string, number>>();
  for (const { name, lastName, value, how } of namedValues(syntax)) {
    if (how === "compared" || !nameWords(lastName).some((word) => word === "scope" || word === "scopes")) continue;
    const key = `${facts.scopeOf(value)} ${name}`;
    const scopes = found.get(key) ?? new Map<string, number>();
    for (let node = value; node < syntax.next[value]; node++) {
      if (syntax.kind[node] !== Kind.string || isDescription(syntax, node)) continue;
      for (const scope of (literalText(syntax, node) ?? "").split(/[\s,]+/u)) if (scope !== "") scopes.set(scope, node);
    }
    if (scopes.size > 0) found.set(key, scopes);
  }
  return found;
}
