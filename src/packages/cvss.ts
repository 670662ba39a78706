import type { Cvss2, Cvss3P0, Cvss3P1, Cvss4P0 } from "ae-cvss-calculator";
// Node finds no names in what the package exports, for it is wrapped.
import calculator from "ae-cvss-calculator";
import type { Severity } from "../manifests/advisory.ts";

/** What OSV calls vectors of each version, the newest first. */
export const VECTOR_TYPES: readonly string[] = ["CVSS_V4", "CVSS_V3", "CVSS_V2"];

/**
 * The severity that a vector of CVSS 2.0, 3.0, 3.1 or 4.0 comes to, by its base metrics; undefined for one that cannot be read or lacks
 * one of them, and for one without any impact.
 */
export function severityOfVector(vector: string): Severity | undefined {
  const score = baseScore(vector);
  if (score === undefined || score === 0) return undefined;
  if (score < 4) return "low";
  if (score < 7) return "moderate";
  // CVSS 2 has no rating above this one.
  return score < 9 || !vector.startsWith(PREFIX) ? "high" : "critical";
}

/** 0 to 10 with one decimal. What a vector says of the moment and of the place that was looked at is left out: both are others here. */
export function baseScore(vector: string): number | undefined {
  if (vector.length > MOST_CHARACTERS || !SHAPE.test(vector)) return undefined;
  const read = vectorOf(vector);
  if (!read?.isBaseFullyDefined()) return undefined;
  return read instanceof calculator.Cvss4P0 ? read.calculateScores().baseMetricsOnly : read.calculateScores().base;
}

const PREFIX = "CVSS:";

const SHAPE = /^(?:CVSS:\d\.\d\/)?[A-Za-z]{1,3}:[A-Za-z]{1,5}(?:\/[A-Za-z]{1,3}:[A-Za-z]{1,5})*$/;

/** One with every metric that CVSS 4.0 has takes 200. */
const MOST_CHARACTERS = 300;

function vectorOf(vector: string): Cvss2 | Cvss3P0 | Cvss3P1 | Cvss4P0 | undefined {
  switch (vector.split("/", 1)[0]) {
    case "CVSS:4.0":
      return new calculator.Cvss4P0(vector);
    case "CVSS:3.1":
      return new calculator.Cvss3P1(vector);
    case "CVSS:3.0":
      return new calculator.Cvss3P0(vector);
    default:
      return vector.startsWith(PREFIX) ? undefined : new calculator.Cvss2(vector);
  }
}
