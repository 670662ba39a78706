import { compare, valid } from "@renovatebot/pep440";
import { z } from "zod";
import type { Severity } from "../manifests/advisory.ts";
import { normalizeName } from "../manifests/requirement.ts";
import { severityOfVector, VECTOR_TYPES } from "./cvss.ts";

/** Of a record in OSV's schema (1.x) what is used here. */
export const osvRecord = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/),
  aliases: z.array(z.string()).default([]),
  withdrawn: z.string().optional(),
  severity: z
    .array(z.object({ type: z.string(), score: z.string() }))
    .default([])
    .catch([]),
  database_specific: z.object({ severity: z.string().optional() }).optional().catch(undefined),
  affected: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
        ranges: z.array(z.object({ type: z.string(), events: z.array(z.record(z.string(), z.string())) })).default([]),
        versions: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

export type OsvRecord = z.infer<typeof osvRecord>;

const ECOSYSTEM = "PyPI";

/** Names of the packages of Python's index that a record is about. */
export function packagesOf({ affected }: OsvRecord): readonly string[] {
  return affected.flatMap(({ package: about }) => (about?.ecosystem === ECOSYSTEM ? [normalizeName(about.name)] : []));
}

/** Whether a release has the flaw: it is listed, or lies in one of the ranges. */
export function affects(record: OsvRecord, name: string, version: string): boolean {
  if (record.withdrawn !== undefined || valid(version) === null) return false;
  return affectedOf(record, name).some(
    ({ versions, ranges }) =>
      versions.some((one) => valid(one) !== null && compare(one, version) === 0) ||
      ranges.some(({ type, events }) => type === "ECOSYSTEM" && isWithin(events, version)),
  );
}

/** Versions in which a record says that the flaw is gone. */
export function fixesOf(record: OsvRecord, name: string): readonly string[] {
  return affectedOf(record, name)
    .flatMap(({ ranges }) => ranges.filter(({ type }) => type === "ECOSYSTEM"))
    .flatMap(({ events }) =>
      events.flatMap(({ fixed }) => (fixed === undefined || valid(fixed) === null ? [] : fixed)),
    );
}

/** As the database rates it, else by its CVSS vectors of the newest version; a package that was made to harm is critical. */
export function severityOf({ id, severity: scores, database_specific: more }: OsvRecord): Severity | undefined {
  if (id.startsWith(MALICIOUS)) return "critical";
  const said = more?.severity?.toLowerCase();
  const rated = SEVERITIES.find((severity) => severity === said);
  if (rated !== undefined) return rated;
  const computed = VECTOR_TYPES.map((wanted) =>
    scores.flatMap(({ type, score }) => (type === wanted ? (severityOfVector(score) ?? []) : [])),
  ).find((each) => each.length > 0);
  return computed && SEVERITIES.findLast((severity) => computed.includes(severity));
}

/** Of the list of malicious packages: https://github.com/ossf/malicious-packages. */
const MALICIOUS = "MAL-";

/** The least first. */
export const SEVERITIES: readonly Severity[] = ["low", "moderate", "high", "critical"];

function affectedOf({ affected }: OsvRecord, name: string): OsvRecord["affected"] {
  return affected.filter(({ package: about }) => about?.ecosystem === ECOSYSTEM && normalizeName(about.name) === name);
}

/** Events in the order of versions: the last one at or below the version decides. `0` is before all. */
function isWithin(events: OsvRecord["affected"][number]["ranges"][number]["events"], version: string): boolean {
  let isAffected = false;
  for (const [kind, at] of events.flatMap((event) => Object.entries(event)).toSorted(compareEvents)) {
    if (valid(at) === null) continue;
    const order = compare(at, version);
    if (kind === "introduced" && order <= 0) isAffected = true;
    if ((kind === "fixed" && order <= 0) || (kind === "last_affected" && order < 0)) isAffected = false;
  }
  return isAffected;
}

function compareEvents([, a]: readonly [string, string], [, b]: readonly [string, string]): number {
  return valid(a) === null || valid(b) === null ? 0 : compare(a, b);
}
