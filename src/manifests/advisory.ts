/** One release of a package of the default index. */
export interface PackageVersion {
  /** Normalized by PEP 503. */
  readonly name: string;
  readonly version: string;
}

/** What is known of flaws in one release. */
export interface PackageAdvisories extends PackageVersion {
  /** One at least. */
  readonly flaws: readonly Flaw[];
  /** The lowest later release that has none of them; absent where there is none. */
  readonly fixedIn?: string;
}

/** Advisories about the same flaw are one. */
export interface Flaw {
  /** All its names, the best known first: `CVE-…`, `GHSA-…`, `PYSEC-…`. */
  readonly ids: readonly [string, ...string[]];
  readonly severity?: Severity;
}

export type Severity = "low" | "moderate" | "high" | "critical";

export function keyOfRelease({ name, version }: PackageVersion): string {
  return `${name}==${version}`;
}
