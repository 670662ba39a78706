import { statementRun } from "../../detectors/least-privilege/sql-privileges.ts";
import { literalText, operands } from "../../detectors/shared/literal.ts";
import { namedValues } from "../../detectors/shared/named-values.ts";
import { Kind } from "../../python/kinds.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";

/** The rights that a module asks for, each with the node that does: of providers that users sign in with, and in a database. */
export function rightsOf(facts: ModuleFacts): readonly (readonly [right: string, node: number])[] {
  return [
    ...facts.calls.flatMap((call): readonly (readonly [string, number])[] => {
      const asked = scopesAsked(call);
      const granted = grantsIn(facts, call);
      if (asked.length === 0 && granted.length === 0) return NOTHING;
      return [...asked, ...granted].map((name) => [name, call.node] as const);
    }),
    ...listedScopes(facts),
  ];
}

/** Of most calls: one list for all of them. */
const NOTHING: readonly never[] = [];

function scopesAsked({ args }: CallFact): readonly string[] {
  const asked = args.filter(({ keyword = "" }) => keyword === "scope" || keyword === "scopes");
  if (asked.length === 0) return NOTHING;
  return asked.flatMap(({ value }) => [value, ...(value.elements ?? [])].flatMap(textsOf).flatMap(scopesIn));
}

/** `GOOGLE_SCOPES = ["openid"]`, `SCOPE = "repo read:user"`, also as an item of a dict of settings. */
function listedScopes(facts: ModuleFacts): readonly (readonly [string, number])[] {
  const { syntax } = facts;
  return namedValues(syntax).flatMap(({ lastName, value, how }): readonly (readonly [string, number])[] => {
    if (how === "compared" || !/(?:^|_)SCOPES?$/u.test(lastName)) return NOTHING;
    const nodes = LISTS.has(syntax.kind[value] ?? -1) ? operands(syntax, value) : [value];
    return nodes.flatMap((node) => scopesIn(literalText(syntax, node) ?? "").map((scope) => [scope, node] as const));
  });
}

const LISTS: ReadonlySet<number> = new Set([Kind.list, Kind.tuple, Kind.set]);

function scopesIn(text: string): readonly string[] {
  return text.split(/[\s,]+/u).filter((one) => one !== "");
}

/** `GRANT SELECT ON orders TO web`: one right a statement, without its line breaks. */
function grantsIn(facts: ModuleFacts, call: CallFact): readonly string[] {
  const sql = statementRun(facts, call);
  if (sql === undefined) return NOTHING;
  return [...sql.matchAll(/(?:^|;)\s*(GRANT\s[^;"']+)/giu)].map(([, grant = ""]) =>
    grant.trim().replaceAll(/\s+/gu, " "),
  );
}

function textsOf(value: ValueFact): readonly string[] {
  return value.constants.filter((constant) => typeof constant === "string");
}
