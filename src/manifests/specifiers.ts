import { RANGE_PATTERN } from "@renovatebot/pep440";
import type { Specifier } from "./manifest.ts";

/**
 * The clauses of a PEP 440 range, `>=2.2,<3`; undefined when a part of it is none.
 * A version that holds `${NAME}` or `{matrix:name}` counts as a version: pip fills it in, or Hatch.
 */
export function readSpecifiers(range: string): readonly Specifier[] | undefined {
  const parts = range.split(",").map((part) => part.trim());
  // pip accepts a trailing comma.
  if (parts.at(-1) === "") parts.pop();
  const specifiers = parts.map(readClause);
  return specifiers.every((specifier) => specifier !== undefined) ? specifiers : undefined;
}

/** The clauses of a Poetry range: `^1.2`, `~1.2`, `1.2.*`, `>=1,<2`, `1.2`, alternatives with `||`; `*` is none. */
export function readPoetrySpecifiers(range: string): readonly Specifier[] | undefined {
  const specifiers: Specifier[] = [];
  for (const part of range.replace(/(===|[~^<>=!]=?)\s+/g, "$1").split(/[\s,|]+/)) {
    if (part === "" || part === "*") continue;
    const caretOrTilde = /^([\^~])([^=].*)$/.exec(part);
    if (caretOrTilde !== null) {
      const [, operator, version = ""] = caretOrTilde;
      specifiers.push({ operator: operator === "^" ? "^" : "~", version, wildcard: version.endsWith(".*") });
      continue;
    }
    const clause = readClause(part) ?? readClause(`==${part.replace(/^=/, "")}`);
    if (clause === undefined) return undefined;
    specifiers.push(clause);
  }
  return specifiers;
}

const clausePattern = new RegExp(`^${RANGE_PATTERN}$`, "i");
const filledInPattern = /^(===|~=|==|!=|<=|>=|<|>)\s*(\S*(?:\$\{\w+\}|\{\w+:[^{}\s]+\})\S*)$/;

function readClause(clause: string): Specifier | undefined {
  const filledIn = filledInPattern.exec(clause);
  if (filledIn !== null)
    return { operator: filledIn[1] as Specifier["operator"], version: filledIn[2] ?? "", wildcard: false };
  const groups = clausePattern.exec(clause)?.groups;
  if (groups === undefined) return undefined;
  const { operator, version, prefix, legacy } = groups;
  if (legacy !== undefined && operator !== "===") return undefined;
  return {
    operator: operator as Specifier["operator"],
    version: (version ?? legacy ?? "") + (prefix ?? ""),
    wildcard: prefix !== undefined,
  };
}
