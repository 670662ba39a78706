import type { Rule } from "../rules/rule.ts";
import type { PythonAnalysis } from "./analyse-python.ts";
import type { Catalogue } from "./catalogue.ts";

/** The rules by whose findings the base tells which of the head's are new: theirs, and what has a say in them. */
export function askedOfBase({ findings, elsewhere }: PythonAnalysis, { rules }: Catalogue): ReadonlySet<string> {
  const found = new Set([...findings, ...elsewhere].map(({ finding }) => finding.ruleId));
  const hasASay = ({ id, supersedes, tags }: Rule) =>
    found.has(id) || supersedes.some((other) => found.has(other)) || tags.includes("secret");
  return found.size === 0 ? found : new Set([...rules.values()].filter(hasASay).map(({ id }) => id));
}
