import type { DocumentFacts } from "../../documents/document.ts";
import type { DocumentDetector, ManifestDetection } from "../../rules/detector.ts";
import { createLineIndex } from "../../text/line-index.ts";

/** How programs that look for known flaws are told to pass one over. */
const PASSED_OVER = /--ignore(?:-vuln(?:s|erability)?)?[= ]+((?:CVE|GHSA|PYSEC|OSV)-[\w-]+)/gu;

/** Known flaws that a build passes over, and nobody says why. */
export const ignoredAdvisory: DocumentDetector = {
  kind: "document",
  name: "ignored-advisory",
  prepare: () => detect,
};

function* detect({ text, format }: DocumentFacts): Generator<ManifestDetection> {
  if (format !== "yaml" && format !== "ini" && format !== "toml" && format !== "text") return;
  const { spanOf } = createLineIndex(text);
  for (const { 0: written, 1: id = "", index } of text.matchAll(PASSED_OVER)) {
    if (!isExplained(text, index)) yield { span: spanOf(index, index + written.length), fields: { id } };
  }
}

/** By a comment on its line, or on the one before it. */
function isExplained(text: string, offset: number): boolean {
  const end = text.indexOf("\n", offset);
  const start = text.lastIndexOf("\n", offset) + 1;
  const before = text.lastIndexOf("\n", start - 2) + 1;
  const own = text.slice(offset, end === -1 ? text.length : end);
  return /(?:^|\s)#\s*\S/u.test(own) || /^\s*#\s*\S/u.test(text.slice(before, Math.max(start - 1, before)));
}
