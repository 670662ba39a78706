/** What is known in public of a package, and of the release of it that is looked at. */
export interface PackageFacts {
  /** The release that the facts are about: the one that was asked for, or the newest. */
  readonly version: string;
  /** ISO dates of the first and the newest upload; absent where there is none. */
  readonly firstRelease?: string;
  readonly lastRelease?: string;
  /** People whom the index names as owners or maintainers; absent where it does not say. */
  readonly owners?: number;
  /** The organization of the index that owns the package. */
  readonly organization?: string;
  /** The release was taken back: resolvers leave it out unless it is fixed. */
  readonly isYanked: boolean;
  /** SPDX where that is known, else the words of the package. */
  readonly licence?: string;
  readonly source?: PackageSource;
  /** Packages that come with it, directly or not, on a plain Linux system. */
  readonly brings?: number;
}

/** Where the code of a package is said to be. */
export interface PackageSource {
  /** Host and path without a scheme: `github.com/encode/httpx`. */
  readonly address: string;
  /** An attestation ties the release to it; else it is the package's own word. */
  readonly isAttested: boolean;
  /** Of OpenSSF's Scorecard, 0 to 10. */
  readonly score?: number;
  readonly hasSecurityPolicy?: boolean;
  readonly isArchived?: boolean;
}

/** What came of asking for one package. */
export type PackageAnswer =
  | { readonly kind: "known"; readonly facts: PackageFacts }
  /** The index has no package of the name. */
  | { readonly kind: "absent" }
  /** Nobody answered in time. */
  | { readonly kind: "unanswered" };
