import { z } from "zod";
import type { ManifestFacts } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";
import { packagesOf, requirementsOf } from "./requirements.ts";

const Options = z.strictObject({
  /** Names that many know, as PEP 503 normalizes them. */
  known: z.array(z.string()).min(1),
  /** Names of packages that are what they say, however close they come to a known one. */
  others: z.array(z.string()),
});

/** Letters of a known name below which nothing is a slip, and below which another letter makes another word. */
const SHORTEST = 5;
const LONG = 8;

/** Names that are one slip away from a well-known one: two letters exchanged, one too many, one missing, or another one. */
export const misspeltName: ManifestDetector = {
  kind: "manifest",
  name: "misspelt-name",
  prepare: (raw) => {
    const { known, others } = Options.parse(raw);
    const fine = new Set([...known, ...others]);
    const meant = slipsOf(known.filter((name) => name.length >= SHORTEST));
    return (manifest) => detect(manifest, (name) => (fine.has(name) ? undefined : meant(name)));
  },
};

function* detect(manifest: ManifestFacts, meantBy: (name: string) => string | undefined): Generator<ManifestDetection> {
  // A tool resolved what a lock holds: the name was chosen elsewhere.
  if (manifest.format === "lock") return;
  const names = new Set(requirementsOf(manifest).map(({ name }) => name));
  for (const { name, writtenName, nameSpan, span, origin } of packagesOf(manifest)) {
    const isNamed = origin.kind === "index" && origin.index !== undefined;
    const meant = isNamed ? undefined : meantBy(name);
    // Who has both knows the difference.
    if (meant === undefined || names.has(meant)) continue;
    yield { span: nameSpan ?? span, fields: { package: writtenName ?? name, meant } };
  }
}

/** What a name with one slip may have meant. Names meet in what is left when one letter is taken out of either. */
function slipsOf(known: readonly string[]): (name: string) => string | undefined {
  const byPart = new Map<string, readonly string[]>();
  for (const name of known) {
    for (const part of partsOf(name)) byPart.set(part, [...(byPart.get(part) ?? []), name]);
  }
  return (name) =>
    partsOf(name)
      .flatMap((part) => byPart.get(part) ?? [])
      .find((one) => isSlip(name, one));
}

function partsOf(name: string): readonly string[] {
  return [name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))];
}

function isSlip(name: string, known: string): boolean {
  // `boto` and `boto3`, `jinja` and `jinja2` are different packages, not slips.
  if (name.replace(/[\d-]+$/, "") === known.replace(/[\d-]+$/, "")) return false;
  let start = 0;
  while (start < name.length && name[start] === known[start]) start += 1;
  const [left, right] = [name.slice(start), known.slice(start)];
  const isSwapped = left.length > 1 && `${left[1]}${left[0]}${left.slice(2)}` === right;
  const isMissing = left === right.slice(1);
  const isDoubled = left.slice(1) === right && start > 0 && name[start] === name[start - 1];
  if (isSwapped || isMissing || isDoubled) return true;
  return known.length >= LONG && (left.slice(1) === right || left.slice(1) === right.slice(1));
}
