import type { TextEdit } from "../../text/span.ts";
import type { ManifestDetection } from "../detector.ts";
import type { FixTemplate } from "../rule.ts";

/** The edits of a fix in a dependency file; undefined where what was found has not the form for it. */
export function buildManifestFix(
  text: string,
  { address, replacement }: ManifestDetection,
  { changes }: FixTemplate,
): readonly TextEdit[] | undefined {
  const [change] = changes;
  if (change?.kind === "replace-version") return replacement && [replacement];
  if (change?.kind !== "replace-scheme" || address === undefined) return undefined;
  const { start } = address;
  const length = change.from.length;
  const written = text.slice(start.offset, start.offset + length);
  if (written.toLowerCase() !== change.from || !text.startsWith("://", start.offset + length)) return undefined;
  const end = { line: start.line, column: start.column + length, offset: start.offset + length };
  return [{ span: { start, end }, text: change.to }];
}
