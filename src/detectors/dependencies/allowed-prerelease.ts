import type { ManifestFacts } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";

/** Settings by which releases before the final one are installed. */
export const allowedPrerelease: ManifestDetector = {
  kind: "manifest",
  name: "allowed-prerelease",
  prepare: () => detect,
};

function* detect({ entries, text }: ManifestFacts): Generator<ManifestDetection> {
  for (const entry of entries) {
    if (entry.kind !== "setting" || entry.role !== "prereleases") continue;
    const setting = text.slice(entry.span.start.offset, entry.span.end.offset);
    const which = entry.package === undefined ? "each package" : `\`${entry.package}\``;
    yield { span: entry.span, fields: { setting, which } };
  }
}
