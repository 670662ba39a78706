import { expect, test } from "vitest";
import { NOTHING } from "../../src/analysis/analyse-python.ts";
import type { AnalyseSource } from "../../src/analysis/create-analyse.ts";
import type { IdentifiedFinding } from "../../src/analysis/find-in-module.ts";
import { verifyFixes } from "../../src/analysis/verify-fixes.ts";
import { createLineIndex } from "../../src/text/line-index.ts";

const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;

/** In this language `bad` is a finding, `worse` another one, and `(` is no syntax. */
function language() {
  const analysed: string[] = [];
  const analyse: AnalyseSource = ({ path, text }) => {
    analysed.push(text);
    const index = createLineIndex(text);
    const findings = [...text.matchAll(/bad\d*|worse/gu)].map(({ 0: word, index: at }): IdentifiedFinding => {
      const span = index.spanOf(at, at + word.length);
      const fix = { title: "Mend it", applicability: "safe", edits: [{ span, text: FIXES[word] ?? "good" }] } as const;
      const ruleId = word === "worse" ? "worse" : "bad";
      return {
        identity: { ruleId, path, scope: "", text: word, source: "" },
        finding: {
          ruleId,
          level: "error",
          location: { path, span },
          scope: "",
          message: "",
          excerpt: "",
          fix,
          fingerprint: `${at}`,
          contentKey: "",
        },
      };
    });
    const broken = text.indexOf("(");
    const location = { path, span: index.spanOf(0, 1) };
    return { ...NOTHING, findings, notices: broken === -1 ? [] : [{ kind: "syntax-error", location }] };
  };
  return { analyse, analysed };
}

/** What the fixes of these put in their place; of any other word, `good`. */
const FIXES: Readonly<Record<string, string>> = { bad1: "(", bad2: "worse", bad3: "bad3" };

function verified(text: string): { readonly fixed: readonly string[]; readonly analyses: number } {
  const { analyse, analysed } = language();
  const file = { path: "a.py", text, context: "product" } as const;
  const found = analyse(file, options, (path) => path);
  const kept = verifyFixes(analyse, file, options, found).filter(({ finding }) => finding.fix);
  return { fixed: kept.map(({ identity }) => identity.text), analyses: analysed.length - 1 };
}

test("fixes that are all good cost one analysis together", () => {
  expect(verified("bad ".repeat(30))).toEqual({ fixed: Array(30).fill("bad"), analyses: 1 });
});

test.each([
  ["breaks the syntax", "bad1"],
  ["makes another rule speak up", "bad2"],
  ["leaves its rule speaking", "bad3"],
])("a fix that %s is found among good ones and left out", (_, wrong) => {
  const { fixed, analyses } = verified(`${"bad ".repeat(8)}${wrong} ${"bad ".repeat(7)}`);
  expect(fixed).toEqual(Array(15).fill("bad"));
  expect(analyses).toBeLessThan(10);
});

test("what fixes of a large file may cost is bounded, and what was not tried is not offered", () => {
  const text = `${"bad1 ".repeat(8)}${"x ".repeat(150_000)}`;
  expect(verified(text)).toEqual({ fixed: [], analyses: 2 });
});
