import { z } from "zod";
import type { PackageSource } from "../manifests/package-facts.ts";

/** Of deps.dev's answers (v3) what is used here. */

export const versionRecord = z.object({
  licenses: z.array(z.string()).default([]),
  relatedProjects: z
    .array(
      z.object({
        projectKey: z.object({ id: z.string() }),
        relationType: z.string().default(""),
        relationProvenance: z.string().default(""),
      }),
    )
    .default([]),
});

export const dependenciesRecord = z.object({
  nodes: z.array(z.object({ relation: z.string().default("") })).default([]),
  error: z.string().default(""),
});

export const projectRecord = z.object({
  scorecard: z
    .object({
      overallScore: z.number(),
      checks: z
        .array(z.object({ name: z.string(), score: z.number().default(0), reason: z.string().default("") }))
        .default([]),
    })
    .optional(),
});

const ATTESTED = new Set(["SLSA_ATTESTATION", "PYPI_PUBLISH_ATTESTATION"]);

/** The repository of a release, `github.com/user/repo`; one that an attestation names goes before the package's own word. */
export function projectOf({ relatedProjects }: z.infer<typeof versionRecord>): PackageSource | undefined {
  const sources = relatedProjects.filter(({ relationType }) => relationType === "SOURCE_REPO");
  const attested = sources.find(({ relationProvenance }) => ATTESTED.has(relationProvenance));
  const address = (attested ?? sources[0])?.projectKey.id;
  return address === undefined ? undefined : { address, isAttested: attested !== undefined };
}

/** SPDX expressions; what deps.dev could not identify is none. */
export function licenceOf({ licenses }: z.infer<typeof versionRecord>): string | undefined {
  const known = licenses.filter((licence) => licence !== "non-standard");
  return known.length === 0 ? undefined : known.join(", ");
}

/** Without the package itself; undefined where they could not be resolved. */
export function bringsOf({ nodes, error }: z.infer<typeof dependenciesRecord>): number | undefined {
  return error !== "" || nodes.length === 0 ? undefined : nodes.filter(({ relation }) => relation !== "SELF").length;
}

/** What OpenSSF's Scorecard says of a repository. A score below zero means that a check could not be made. */
export function judged(source: PackageSource, { scorecard }: z.infer<typeof projectRecord>): PackageSource {
  if (scorecard === undefined) return source;
  const check = (name: string) => scorecard.checks.find((one) => one.name === name);
  const policy = check("Security-Policy")?.score ?? -1;
  return {
    ...source,
    score: scorecard.overallScore,
    ...(policy >= 0 && { hasSecurityPolicy: policy > 0 }),
    isArchived: /\barchived\b/i.test(check("Maintained")?.reason ?? ""),
  };
}
