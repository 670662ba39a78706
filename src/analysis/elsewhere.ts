import type { PackageVersion } from "../manifests/advisory.ts";
import type { FileAnalysis, Finding, Suppression } from "./finding.ts";
import type { Identity } from "./fingerprint.ts";
import type { Arrival, Departure } from "./moved-guards.ts";

/** A flow that passes through the analysed file and ends in another one. */
export interface Elsewhere {
  readonly finding: Finding;
  readonly identity: Identity;
  /** Where a comment at the sink silences it. */
  readonly suppression?: Suppression;
}

/** What the analysis of one file knows before it is put together with those of the others (`settle`). */
export interface TaskAnalysis extends FileAnalysis {
  readonly elsewhere?: readonly Elsewhere[];
  /** Paths at which imported modules may lie, that were not given: with them the analysis sees more. */
  readonly wanted?: readonly string[];
  /** Releases whose flaws are to be looked up, and those of other indexes, which are not; absent where no rule asks. */
  readonly releases?: { readonly open: readonly PackageVersion[]; readonly withheld: readonly PackageVersion[] };
  /** Names of checks that the file has more often than before the change, and of what has them. */
  readonly gainedGuards?: readonly string[];
  /** What asks who calls it and is gone from the file, and what the file has from now on that asks nobody. */
  readonly departures?: readonly Departure[];
  readonly arrivals?: readonly Arrival[];
  /** Other files that were read. */
  readonly read?: readonly string[];
}
