import type { CweId } from "./rule.ts";

/** Where MITRE describes a weakness. */
export function weaknessPage(cwe: CweId): string {
  return `https://cwe.mitre.org/data/definitions/${cwe.slice("CWE-".length)}.html`;
}
