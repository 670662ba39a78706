import type { IndexEntry, ManifestFacts, Requirement } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";

const THIS_MACHINE = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?|host\.docker\.internal)$/i;

/** Indexes, archives and checkouts that are fetched without encryption, and hosts whose certificates are not checked. */
export const insecureIndex: ManifestDetector = {
  kind: "manifest",
  name: "insecure-index",
  prepare: () => detect,
};

function* detect(manifest: ManifestFacts): Generator<ManifestDetection> {
  for (const entry of manifest.entries) {
    if (entry.kind === "index") yield* ofIndex(entry);
    else if (entry.kind === "requirement") yield* ofRequirement(entry);
  }
}

function* ofIndex({ role, value, span, valueSpan }: IndexEntry): Generator<ManifestDetection> {
  if (role === "trusted-host") {
    const host = value.replace(/:\d+$/, "");
    if (!THIS_MACHINE.test(host)) yield { span, fields: { what: `No check of the certificate of \`${host}\`` } };
    return;
  }
  const host = plainHttpHost(value);
  if (host === undefined) return;
  yield { span, address: valueSpan, fields: { what: `The unencrypted package index on \`${host}\`` } };
}

function* ofRequirement({ origin, span }: Requirement): Generator<ManifestDetection> {
  if (origin.kind !== "url") return;
  const host = plainHttpHost(origin.url);
  if (host === undefined) return;
  yield { span, address: origin.urlSpan, fields: { what: `The unencrypted download from \`${host}\`` } };
}

/** The host of an address without encryption, user and password left out; undefined for any other address. */
function plainHttpHost(address: string): string | undefined {
  const host = /^(?:\w+\+)?(?:http|git|ftp):\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:]+)/i.exec(address)?.[1];
  return host === undefined || THIS_MACHINE.test(host) ? undefined : host;
}
