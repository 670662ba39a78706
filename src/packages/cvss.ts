import type { Severity } from "../manifests/advisory.ts";

/**
 * The severity that a CVSS 3.0 or 3.1 vector comes to, by its base metrics; undefined for another version, a vector that lacks one of
 * them, and one without any impact. Formulas, weights and ratings: https://www.first.org/cvss/v3.1/specification-document, sections 5, 7
 * and appendix A.
 */
export function severityOfVector(vector: string): Severity | undefined {
  const score = baseScore(vector);
  if (score === undefined || score === 0) return undefined;
  if (score < 4) return "low";
  if (score < 7) return "moderate";
  return score < 9 ? "high" : "critical";
}

/** 0 to 10 with one decimal. */
export function baseScore(vector: string): number | undefined {
  const [version, ...metrics] = vector.split("/");
  if (version !== "CVSS:3.0" && version !== "CVSS:3.1") return undefined;
  const given = new Map(metrics.map((metric) => metric.split(":", 2) as [string, string]));
  const isChanged = given.get("S") === "C";
  const weight = (metric: keyof typeof WEIGHTS) => WEIGHTS[metric][given.get(metric) ?? ""];
  const privileges = (isChanged ? PRIVILEGES_IF_CHANGED : WEIGHTS.PR)[given.get("PR") ?? ""];
  const exploitable = product([weight("AV"), weight("AC"), privileges, weight("UI")]);
  const kept = product(
    [weight("C"), weight("I"), weight("A")].map((impact) => (impact === undefined ? impact : 1 - impact)),
  );
  if (exploitable === undefined || kept === undefined || !/^[UC]$/.test(given.get("S") ?? "")) return undefined;
  const base = 1 - kept;
  const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  if (impact <= 0) return 0;
  const sum = impact + 8.22 * exploitable;
  return roundUp(Math.min(isChanged ? 1.08 * sum : sum, 10));
}

type Weights = Readonly<Record<string, number>>;

const IMPACT: Weights = { H: 0.56, L: 0.22, N: 0 };

const WEIGHTS = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  C: IMPACT,
  I: IMPACT,
  A: IMPACT,
} as const satisfies Readonly<Record<string, Weights>> as Readonly<
  Record<"AV" | "AC" | "PR" | "UI" | "C" | "I" | "A", Weights>
>;

const PRIVILEGES_IF_CHANGED: Weights = { N: 0.85, L: 0.68, H: 0.5 };

function product(factors: readonly (number | undefined)[]): number | undefined {
  return factors.reduce(
    (all, one) => (all === undefined || one === undefined ? undefined : all * one),
    1 as number | undefined,
  );
}

/** To the next tenth, in whole numbers: what floating point adds is no next tenth. */
function roundUp(score: number): number {
  const whole = Math.round(score * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}
