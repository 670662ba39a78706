import type { ManifestFacts } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";
import { requirementsOf } from "./requirements.ts";

/** Requirements without a digest in a file whose others have one. */
export const missingHash: ManifestDetector = {
  kind: "manifest",
  name: "missing-hash",
  prepare: () => detect,
};

function* detect(manifest: ManifestFacts): Generator<ManifestDetection> {
  if (manifest.format !== "requirements") return;
  const requirements = requirementsOf(manifest);
  const hashed = requirements.filter(({ hashes }) => hashes.length > 0).length;
  if (hashed * 2 < requirements.length) return;
  for (const { origin, hashes, editable, span, nameSpan, writtenName } of requirements) {
    if (hashes.length > 0 || editable || origin.kind !== "index" || writtenName === undefined) continue;
    yield { span: nameSpan ?? span, fields: { package: writtenName, hashed: String(hashed) } };
  }
}
