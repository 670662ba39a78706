import type { AddedPackage } from "../analysis/package-changes.ts";
import type { PackageAnswer } from "../manifests/package-facts.ts";

/** A package that a change adds, and what is known of it. */
export interface NewPackage extends AddedPackage {
  readonly answer:
    | PackageAnswer
    /** It may come from elsewhere than PyPI: its name is not told. */
    | { readonly kind: "withheld" }
    /** There were too many to ask about. */
    | { readonly kind: "unasked" };
}
