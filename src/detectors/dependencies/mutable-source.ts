import type { ManifestFacts, Origin, Requirement } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";
import { isLocalHost } from "../shared/local-host.ts";

type Address = Extract<Origin, { readonly kind: "url" }>;

/** Names that move with every push. */
const BRANCHES =
  /^(?:refs\/heads\/.+|heads\/.+|main|master|trunk|default|dev|devel|develop|development|head|tip|latest|stable|next|nightly)$/i;

/** Archives that a host packs anew from a branch. */
const BRANCH_ARCHIVE =
  /\/(?:archive|zipball|tarball|tar\.gz|zip)\/(?:refs\/heads\/[^?#]+|(?:main|master|trunk|dev|devel|develop|HEAD)(?:\.zip|\.tar\.gz)?)(?:[?#]|$)/i;

/** Packages whose code another push exchanges: checkouts without a commit, archives of a branch. */
export const mutableSource: ManifestDetector = {
  kind: "manifest",
  name: "mutable-source",
  prepare: () => detect,
};

function* detect(manifest: ManifestFacts): Generator<ManifestDetection> {
  for (const entry of manifest.entries) {
    if (entry.kind !== "requirement" || entry.origin.kind !== "url" || entry.variables.length > 0) continue;
    const what = movesWith(entry, entry.origin);
    if (what === undefined) continue;
    yield {
      span: entry.origin.urlSpan,
      fields: { package: entry.writtenName ?? entry.name ?? lastFolder(entry.origin.url), what },
    };
  }
}

function movesWith({ hashes }: Requirement, { url, vcs, revision }: Address): string | undefined {
  // Without encryption nothing about it is certain: another rule says so.
  if (isLocalHost(hostOf(url)) || /^(?:\w+\+)?(?:http|git|ftp):/i.test(url)) return undefined;
  if (vcs === undefined) {
    const isFixed = hashes.length > 0 || /#(?:.*&)?sha(?:256|384|512)=/i.test(url);
    return !isFixed && BRANCH_ARCHIVE.test(url) ? "an archive of a branch" : undefined;
  }
  if (revision === undefined) return "the newest commit of a repository";
  return BRANCHES.test(revision) ? `the branch \`${revision}\`` : undefined;
}

/** The name of a repository; of its address nothing else is said, since there may be a password in it. */
function lastFolder(url: string): string {
  return /([\w.-]+?)(?:\.git)?(?:[@#?][^/]*)?$/.exec(url)?.[1] ?? "the package";
}

function hostOf(url: string): string {
  return /^(?:\w+\+)?\w+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:]+)/.exec(url)?.[1] ?? "unknown.example";
}
