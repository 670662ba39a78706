import type { Rule } from "../rules/rule.ts";

/** The page that leads from the codes of Bandit and Ruff to the rules that say the same, in the order of the codes. */
export function drawCodeIndex(rules: readonly Pick<Rule, "id" | "title" | "profile" | "codes">[]): string {
  const numbers = new Map<string, Pick<Rule, "id" | "title" | "profile">[]>();
  for (const rule of rules) {
    for (const number of new Set(rule.codes.map((code) => code.slice(1)))) {
      const known = numbers.get(number);
      if (known === undefined) numbers.set(number, [rule]);
      else known.push(rule);
    }
  }
  const rows = [...numbers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([number, found]) => row(number, found));
  return [
    "# Rules by the codes of Bandit and Ruff",
    "",
    "`B101` and `S101` are one check. Rules in *italics* are part of the profile `audit`. How the two differ otherwise:",
    "[coming from Bandit or Ruff](../coming-from-bandit.md).",
    "",
    "| code | rules |",
    "|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function row(number: string, rules: readonly Pick<Rule, "id" | "profile">[]): string {
  const links = rules
    .toSorted((a, b) => (a.profile === b.profile ? (a.id < b.id ? -1 : 1) : a.profile === "default" ? -1 : 1))
    .map(({ id, profile }) => (profile === "audit" ? `*[${id}](${id}.md)*` : `[${id}](${id}.md)`));
  return `| B${number}, S${number} | ${links.join(", ")} |`;
}
