import { z } from "zod";
import type { ManifestFacts } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";
import { packagesOf } from "./requirements.ts";

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

function* detect(manifest: ManifestFacts, packages: ReadonlyMap<string, string>): Generator<ManifestDetection> {
  // What a lock lists, other packages may have asked for: it is said where somebody chose it.
  if (manifest.format === "lock") return;
  for (const { name, writtenName, nameSpan, span, group } of packagesOf(manifest)) {
    const instead = group.kind === "constraint" ? undefined : packages.get(name);
    if (instead !== undefined) yield { span: nameSpan ?? span, fields: { package: writtenName ?? name, instead } };
  }
}
