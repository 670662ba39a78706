import { readDocument } from "../documents/read-document.ts";
import type { Rule } from "../rules/rule.ts";
import { findInText } from "./analyse-manifest.ts";
import { NOTHING, type PythonAnalysis } from "./analyse-python.ts";
import type { AnalysisOptions } from "./analyser.ts";
import type { Catalogue } from "./catalogue.ts";
import type { SourceFile } from "./file-change.ts";
import type { IdentifiedFinding } from "./find-in-module.ts";
import { saidBetter } from "./said-better.ts";
import { addressCredentials, type SecretPlace } from "./secret-places.ts";

/** What rules say of a file of settings or a template; nothing of a file that is neither. */
export function analyseDocument(
  catalogue: Catalogue,
  file: SourceFile,
  options: AnalysisOptions,
  identityPath: string,
): PythonAnalysis {
  const document = readDocument(file.path, file.text);
  if (document === undefined) return NOTHING;
  const found = catalogue.documents.map(({ rule, matcher }) => ({ rule, detections: [...matcher(document)] }));
  const secrets = inOrder([
    ...addressCredentials(file.text),
    ...found
      .filter(({ rule }) => rule.tags.includes("secret"))
      .flatMap(({ detections }) =>
        detections.map(({ span }) => toLineEnd(file.text, span.start.offset, span.end.offset)),
      ),
  ]);
  const findings = findInText(
    file,
    found.map(({ rule, detections }) => ({ rule, detections: () => detections })),
    options,
    identityPath,
    secrets,
  );
  return { ...NOTHING, findings: withoutSuperseded(findings, catalogue.rules), document };
}

/** What a change did to a file of settings, by what both sides say. */
export function compareDocuments(
  catalogue: Catalogue,
  { base, head }: { readonly base: SourceFile | undefined; readonly head: SourceFile },
  options: AnalysisOptions,
  identityPath: string,
): readonly IdentifiedFinding[] {
  const due = catalogue.documentChanges.filter(({ comparison }) => comparison.concerns(head.path));
  if (base === undefined || due.length === 0) return [];
  const before = readDocument(base.path, base.text);
  const after = readDocument(head.path, head.text);
  if (before === undefined || after === undefined) return [];
  const sides = { base: before, head: after };
  const found = due.map(({ rule, comparison }) => ({ rule, detections: () => comparison.detect(sides) }));
  return findInText(head, found, options, identityPath);
}

/** A key may go on behind what was recognized of it. */
function toLineEnd(text: string, start: number, end: number): SecretPlace {
  const next = text.indexOf("\n", end);
  return { start, end: next === -1 ? text.length : next };
}

function inOrder(places: readonly SecretPlace[]): readonly SecretPlace[] {
  const ordered = places.toSorted((a, b) => a.start - b.start || b.end - a.end);
  let last = 0;
  return ordered.filter(({ start, end }) => {
    const isApart = start >= last;
    if (isApart) last = end;
    return isApart;
  });
}

/** A rule that says it more exactly silences the others on its lines. */
function withoutSuperseded(
  findings: readonly IdentifiedFinding[],
  rules: ReadonlyMap<string, Rule>,
): readonly IdentifiedFinding[] {
  const isSaidBetter = saidBetter(
    findings.map(({ finding }) => finding),
    rules,
  );
  return findings.filter(({ finding }) => !isSaidBetter(finding));
}
