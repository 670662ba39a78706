import ignore from "ignore";
import type { DocumentChangeDetector, DocumentSides, ManifestDetection } from "../../rules/detector.ts";
import { placeOf } from "./place-of.ts";

/** What holds the secrets of one machine, and what Git has to leave out for it. */
const KEPT_OUT = [".env", ".env.local", ".env.production"];

/** Files of environment variables that Git left out and now takes in. */
export const removedIgnore: DocumentChangeDetector = {
  kind: "document-change",
  name: "removed-ignore",
  prepare: () => ({ concerns: (path) => /(?:^|\/)\.gitignore$/.test(path), detect }),
};

function* detect({ base, head }: DocumentSides): Generator<ManifestDetection> {
  const before = ignore().add(base.text);
  const after = ignore().add(head.text);
  const [first] = KEPT_OUT.filter((name) => before.ignores(name) && !after.ignores(name));
  if (first === undefined) return;
  // A line that takes it back in stands in the head; one that left it out is on no line any more.
  const line = linesOf(head.text).findIndex(
    (text) => text.startsWith("!") && ignore().add(text.slice(1)).ignores(first),
  );
  const gone = linesOf(base.text).findIndex((text) => ignore().add(text).ignores(first));
  yield { span: placeOf(head, line === -1 ? gone : line), fields: { name: first } };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}
