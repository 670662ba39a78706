import { Kind } from "../../python/kinds.ts";
import { lineOf, textOf } from "../../python/walk.ts";
import type { ChangeDetector, ChangeSides, Detection } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { withoutSpace } from "../../text/without-space.ts";

/** What silences a scanner for a line: Bandit's, Ruff's for its security rules, Semgrep's, SonarQube's. */
const MARK =
  /#\s*(?:nosec\b(?:[:\s]*(?:B\d{3}[,\s]*)+)?|(?:(?:ruff|flake8):\s*)?noqa:\s*(?:[A-Z]+\d+[,\s]*)*\bS\d{3}\b(?:[,\s]*[A-Z]+\d+)*|nosemgrep(?::\s*[\w.,-]+)?|NOSONAR\b)/;

/** Comments of the change that silence a security scanner and give no reason. */
export const addedSuppression: ChangeDetector = {
  kind: "change",
  name: "added-suppression",
  prepare: () => ({ concerns: ({ added }) => MARK.test(added), detect }),
};

function* detect({ base, head }: ChangeSides): Generator<Detection> {
  const lines = new Set(base.text.split(/\r?\n/).map(withoutSpace));
  const were = Map.groupBy(marksOf(base), ({ mark }) => mark);
  const now = Map.groupBy(marksOf(head), ({ mark }) => mark);
  for (const [mark, comments] of now) {
    if (comments.length <= (were.get(mark)?.length ?? 0)) continue;
    for (const { node, line, hasReason } of comments) {
      if (!hasReason && !lines.has(withoutSpace(lineText(head, line)))) yield { node, fields: { mark } };
    }
  }
}

interface Mark {
  readonly node: number;
  readonly line: number;
  readonly mark: string;
  readonly hasReason: boolean;
}

function marksOf(facts: ModuleFacts): readonly Mark[] {
  const { syntax } = facts;
  const found: Mark[] = [];
  for (let node = 0; node < syntax.count; node++) {
    if (syntax.kind[node] !== Kind.comment) continue;
    const text = textOf(syntax, node);
    const mark = MARK.exec(text)?.[0];
    if (mark === undefined) continue;
    const line = lineOf(syntax, syntax.start[node]);
    // A word beside the mark, or a comment of its own on the line above, is a reason.
    const hasReason = /\p{L}{3}/u.test(text.replace(mark, "")) || /^\s*#\s*\S/.test(lineText(facts, line - 1));
    found.push({ node, line, mark: mark.replace(/\s+/g, " ").trim(), hasReason });
  }
  return found;
}

function lineText({ text }: ModuleFacts, line: number): string {
  return text.split(/\r?\n/)[line - 1] ?? "";
}
