import { z } from "zod";
import type { ManifestFacts } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";

const Options = z.strictObject({
  /** By its name as PEP 503 normalizes it: what to use in its place. */
  packages: z.record(z.string(), z.string()),
});

/** Packages that nobody mends any more, by a list. */
export const abandonedPackage: ManifestDetector = {
  kind: "manifest",
  name: "abandoned-package",
  prepare: (raw) => {
    const packages = new Map(Object.entries(Options.parse(raw).packages));
    return (manifest) => detect(manifest, packages);
  },
};

function* detect(
  { format, entries }: ManifestFacts,
  packages: ReadonlyMap<string, string>,
): Generator<ManifestDetection> {
  // What a lock lists, other packages may have asked for: it is said where somebody chose it.
  if (format === "lock") return;
  for (const entry of entries) {
    if (entry.kind !== "requirement" || entry.origin.kind !== "index" || entry.group.kind === "constraint") continue;
    const instead = entry.name === undefined ? undefined : packages.get(entry.name);
    if (instead === undefined) continue;
    yield { span: entry.nameSpan ?? entry.span, fields: { package: entry.writtenName ?? entry.name ?? "", instead } };
  }
}
