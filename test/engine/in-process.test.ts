import { expect, test } from "vitest";
import type { AnalysisTask } from "../../src/analysis/analyser.ts";
import type { FileAnalysis } from "../../src/analysis/finding.ts";
import { createInProcessEngine } from "../../src/engine/in-process.ts";
import type { Trouble } from "../../src/engine/trouble.ts";

const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
const head = { path: "new.py", text: "a\nb\n" };
const change: AnalysisTask = {
  kind: "change",
  change: {
    base: { path: "old.py", text: "a\n" },
    head,
    hunks: [
      {
        base: { first: 1, count: 1 },
        head: { first: 1, count: 2 },
        lines: [
          { kind: "context", baseLine: 1, headLine: 1, text: "a" },
          { kind: "added", headLine: 2, text: "b" },
        ],
      },
    ],
  },
  options,
};

test("the analysis is handed on as it is", async () => {
  const analysis: FileAnalysis = { path: "new.py", findings: [], suppressed: [], notices: [], linesInScope: 1 };
  const engine = createInProcessEngine(() => analysis);
  expect(await engine.analyse(change)).toBe(analysis);
  await engine.close();
});

test("an analysis that throws costs a notice of the file, whose changed lines stay counted", async () => {
  const troubles: Trouble[] = [];
  const fail = () => {
    throw new RangeError("too deep");
  };
  const engine = createInProcessEngine(fail, (trouble) => troubles.push(trouble));
  const trouble = { findings: [], suppressed: [], notices: [{ kind: "crashed", path: "new.py" }] };
  expect(await engine.analyse(change)).toEqual({ path: "new.py", ...trouble, linesInScope: 1 });
  const whole = await engine.analyse({ kind: "file", file: head, options });
  expect(whole).toEqual({ path: "new.py", ...trouble, linesInScope: 3 });
  expect(troubles.map(({ kind, path }) => [kind, path])).toEqual([
    ["threw", "new.py"],
    ["threw", "new.py"],
  ]);
  expect(troubles[0]).toMatchObject({ error: expect.stringContaining("too deep") });
});

test("of a removed file the path at the base is named", async () => {
  const removed: AnalysisTask = { kind: "change", change: { base: head, hunks: [] }, options };
  const fail = () => {
    throw new Error("a defect");
  };
  expect((await createInProcessEngine(fail).analyse(removed)).path).toBe("new.py");
});
