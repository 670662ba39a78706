import type { ManifestFacts, Requirement } from "../../manifests/manifest.ts";
import type { ManifestChangeDetector, ManifestDetection, ManifestSides } from "../../rules/detector.ts";
import { requirementsOf } from "./requirements.ts";

/** Packages of a lock file that came from the default index and come from elsewhere now: by what the lock says, or by its files. */
export const changedSource: ManifestChangeDetector = {
  kind: "manifest-change",
  name: "changed-source",
  prepare: () => detect,
};

function* detect({ base, head }: ManifestSides): Generator<ManifestDetection> {
  if (base.format !== "lock" || head.format !== "lock") return;
  const before = Map.groupBy(locatedOf(base), ({ name = "" }) => name);
  const known = locatedOf(head).filter(({ name = "" }) => before.has(name));
  const moved = known.flatMap((entry) => {
    const was = before.get(entry.name ?? "") ?? [];
    const place = elsewhere(entry);
    return place === undefined || was.some((one) => elsewhere(one) !== undefined) ? [] : [{ entry, place }];
  });
  // A project that moves to an index of its own does so with all it has: one word is enough.
  const isMove = moved.length > 1 && moved.length * 2 > known.length;
  for (const { entry, place } of isMove ? moved.slice(0, 1) : moved) {
    yield { span: entry.span, fields: { package: entry.writtenName ?? "", place } };
  }
}

function locatedOf(manifest: ManifestFacts): readonly Requirement[] {
  return requirementsOf(manifest).filter(({ origin }) => origin.kind !== "path");
}

/** The host, or undefined where it is the default index. */
function elsewhere({ origin, fileHosts = [] }: Requirement): string | undefined {
  const [host] = fileHosts;
  if (origin.kind === "index") return origin.index === undefined ? host : hostOf(origin.index);
  return origin.kind === "url" ? hostOf(origin.url) : undefined;
}

function hostOf(address: string): string {
  const plain = address.replace(/^\w+\+/, "");
  return URL.canParse(plain) ? new URL(plain).host : "another index";
}
