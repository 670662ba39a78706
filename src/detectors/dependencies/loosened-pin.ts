import type { ManifestChangeDetector, ManifestDetection, ManifestSides } from "../../rules/detector.ts";
import { pairsOf, pinOf } from "./requirements.ts";

/** Versions that were fixed and are a range, or any, at the head. Of libraries, whose ranges are right, nothing is said. */
export const loosenedPin: ManifestChangeDetector = {
  kind: "manifest-change",
  name: "loosened-pin",
  prepare: () => detect,
};

function* detect({ base, head }: ManifestSides): Generator<ManifestDetection> {
  if (base.format !== "requirements" || head.format !== "requirements") return;
  if (head.included?.hasConstraints === true) return;
  if (head.entries.some((entry) => entry.kind === "include" && entry.role === "constraints")) return;
  for (const { was, entry } of pairsOf(base, head)) {
    const pin = pinOf(was);
    if (pin === undefined || pinOf(entry) !== undefined || entry.hashes.length > 0 || entry.variables.length > 0)
      continue;
    const range = entry.specifiers.map(({ operator, version }) => `${operator}${version}`).join(",");
    const after = range === "" ? "any version" : range;
    yield { span: entry.span, fields: { package: entry.writtenName ?? entry.name, before: `==${pin}`, after } };
  }
}
