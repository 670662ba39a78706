import { isDefaultIndex } from "../../manifests/default-index.ts";
import type { ManifestFacts } from "../../manifests/manifest.ts";
import type { ManifestDetection, ManifestDetector } from "../../rules/detector.ts";

/** Indexes of builds of public packages: the names on them are those of the default index. */
const PUBLIC_BUILDS = new Set([
  "pypi.org",
  "pypi.python.org",
  "download.pytorch.org",
  "pypi.nvidia.com",
  "data.pyg.org",
  "data.dgl.ai",
  "wheels.vllm.ai",
  "abetlen.github.io",
  "pypi.anaconda.org",
  "www.piwheels.org",
]);

const OF_PIP: ReadonlySet<ManifestFacts["format"]> = new Set([
  "requirements",
  "requirements-input",
  "constraints",
  "conda",
]);

/** Indexes that pip asks beside the default one: it takes the highest version, from whichever has it. */
export const extraIndex: ManifestDetector = {
  kind: "manifest",
  name: "extra-index",
  prepare: () => detect,
};

function* detect({ format, entries, included }: ManifestFacts): Generator<ManifestDetection> {
  // Other tools ask one index after the other, or let a package name its own.
  if (!OF_PIP.has(format)) return;
  const indexes = [...entries.filter((entry) => entry.kind === "index"), ...(included?.indexes ?? [])];
  if (indexes.some(({ role, value }) => role === "primary" && !isDefaultIndex(value))) return;
  const requirements = entries.filter((entry) => entry.kind === "requirement");
  if (requirements.length > 0 && requirements.every(({ hashes }) => hashes.length > 0)) return;
  for (const entry of entries) {
    if (entry.kind !== "index" || entry.role !== "extra") continue;
    const host = hostOf(entry.value);
    if (host !== undefined && !PUBLIC_BUILDS.has(host)) yield { span: entry.span, fields: { host } };
  }
}

/** Without user and password; undefined where the host is a variable. */
function hostOf(address: string): string | undefined {
  const host = /^https?:\/\/(?:[^/@]*@)?([^/:@]+)/i.exec(address)?.[1]?.toLowerCase();
  return host?.includes("$") ? undefined : host;
}
