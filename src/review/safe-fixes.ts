import { createHash } from "node:crypto";
import type { Finding } from "../analysis/finding.ts";
import { applyEdits } from "../text/apply-edits.ts";
import { declaredEncoding } from "../text/decode-source.ts";
import type { TextEdit } from "../text/span.ts";
import type { PlannedFix, ReviewInput } from "./review-plan.ts";

/** What the button of the check asks for, as the code host hands it back. */
export const APPLY_FIXES = "apply-safe-fixes";

/**
 * The changed files with all fixes made that change nothing but the mistake. A file is left out where its bytes are not exactly its
 * text, and where it may be run as a program: a commit by way of the interface does not keep that.
 */
export function planSafeFixes(
  findings: readonly Finding[],
  { files, blobs }: Pick<ReviewInput, "files" | "blobs">,
): readonly PlannedFix[] {
  // One that is said at another place may be of another text, such as an earlier commit's.
  const fixable = findings.filter(
    ({ fix, anchor }) => anchor === undefined && fix?.applicability === "safe" && fix.edits.length > 0,
  );
  const byPath = Map.groupBy(fixable, ({ location }) => location.path);
  return [...byPath].flatMap(([path, found]) => {
    const text = files.get(path)?.text;
    if (text === undefined || text.startsWith("#!") || declaredEncoding(text) !== undefined) return [];
    if (blobName(text) !== blobs.get(path)) return [];
    return fixAll(path, text, found);
  });
}

/** Of fixes that touch the same text the first one is made: the next review offers the others. */
function fixAll(path: string, text: string, findings: readonly Finding[]): readonly PlannedFix[] {
  let edits: readonly TextEdit[] = [];
  let after = text;
  const fixed: string[] = [];
  for (const { fix, ruleId } of findings) {
    const more = [...edits, ...(fix?.edits ?? [])];
    const next = attempt(text, more);
    if (next === undefined) continue;
    edits = more;
    after = next;
    fixed.push(ruleId);
  }
  return fixed.length === 0 || after === text ? [] : [{ path, before: text, after, fixed }];
}

function attempt(text: string, edits: readonly TextEdit[]): string | undefined {
  try {
    return applyEdits(text, edits);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** As git names contents. */
function blobName(text: string): string {
  const bytes = Buffer.from(text);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
