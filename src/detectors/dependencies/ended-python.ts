import { z } from "zod";
import { isBelow, rangeOf } from "../../manifests/version-range.ts";
import type { ManifestDetector } from "../../rules/detector.ts";

/** `supported`: the oldest version of Python that gets security fixes. */
const Options = z.strictObject({ supported: z.string() });

/** Versions of Python that a project accepts though they have reached their end. */
export const endedPython: ManifestDetector = {
  kind: "manifest",
  name: "ended-python",
  prepare: (raw) => {
    const { supported } = Options.parse(raw);
    return function* ({ entries }) {
      for (const entry of entries) {
        if (entry.kind !== "setting" || entry.role !== "python") continue;
        const range = rangeOf(entry.specifiers);
        if (range === undefined || isBelow(range, supported) !== true) continue;
        const version = range.lowest ?? `before ${range.bound}`;
        yield { span: entry.span, fields: { version, supported } };
      }
    };
  },
};
