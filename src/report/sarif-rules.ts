import type { ReportingDescriptor } from "sarif";
import type { CweId, Level, Rule } from "../rules/rule.ts";
import { rulePage } from "./report.ts";

export function sarifRule(rule: Rule, rulePages: string | undefined): ReportingDescriptor {
  const help = [rule.why, rule.remedy, rule.limits].filter((part) => part !== undefined).map((part) => part.trim());
  const helpUri = rulePage(rule, rulePages);
  return {
    id: rule.id,
    name: rule.id.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase()),
    ...(rule.formerly.length > 0 && { deprecatedIds: [...rule.formerly] }),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why.trim() },
    help: { text: help.join("\n\n"), markdown: help.join("\n\n") },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: rule.level, enabled: rule.profile === "default" },
    properties: {
      precision: rule.precision,
      "problem.severity": problemSeverity[rule.level],
      "security-severity": securitySeverity[rule.level],
      profile: rule.profile,
      tags: [...new Set(["security", ...[rule.cwe, ...rule.furtherCwes].map(cweTag), ...rule.tags])],
    },
  };
}

/** The words of code scanning's `problem.severity`. */
const problemSeverity: Readonly<Record<Level, string>> = { error: "error", warning: "warning", note: "recommendation" };

/** Code scanning calls 7.0–8.9 high, 4.0–6.9 medium and 0.1–3.9 low. */
const securitySeverity: Readonly<Record<Level, string>> = { error: "8.0", warning: "5.5", note: "3.0" };

/** With three digits or more, as code scanning looks it up: `CWE-89` is `external/cwe/cwe-089`. */
function cweTag(cwe: CweId): string {
  return `external/cwe/cwe-${cwe.slice("CWE-".length).padStart(3, "0")}`;
}
