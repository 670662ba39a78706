import { expect, test } from "vitest";
import type { Engine } from "../../src/analysis/analyser.ts";
import { isUnverified } from "../../src/analysis/is-unverified.ts";
import { DEFAULT_POLICY } from "../../src/config/defaults.ts";
import { noticeText } from "../../src/report/notice-text.ts";
import { analyseFiles } from "../../src/service/analyse-files.ts";
import type { ReadFile } from "../../src/service/file-sides.ts";
import { analysis, finding, lines } from "../review/build.ts";
import { ManualClock } from "./manual-clock.ts";

function fileOf(path: string): ReadFile {
  return { file: { path, status: "added", sha: "", hunks: [] }, head: { kind: "text", text: "x = 1\n" } };
}

test("a change of more findings than anybody reads is analysed no further, and does not pass", async () => {
  const findings = Array.from({ length: 1_000 }, () => finding({ location: lines("a.py", 1) }));
  const analysed: string[] = [];
  const engine: Engine = {
    analyse: async (task) => {
      const path = task.kind === "change" ? (task.change.head?.path ?? "") : task.file.path;
      analysed.push(path);
      return analysis(path, { findings });
    },
    close: async () => {},
  };
  async function* batches() {
    for (let at = 0; at < 15; at++) yield [fileOf(`m${at}.py`)];
  }
  const parts = { engine, clock: new ManualClock(), rules: new Map(), own: undefined };
  const { analyses } = await analyseFiles(parts, DEFAULT_POLICY, batches(), () => NO_READER);
  expect(analysed).toHaveLength(11);
  const others = analyses.filter(({ notices }) => notices.length > 0);
  expect(others.map(({ path }) => path)).toEqual(["m11.py", "m12.py", "m13.py", "m14.py"]);
  expect(others.every(({ notices }) => notices.every(isUnverified))).toBe(true);
  expect(others[0]?.notices.map((notice) => noticeText(notice))).toEqual([
    "not analysed: the files before it have 11,000 findings, limit 10,000",
  ]);
});

const NO_READER = { mostFiles: 0, mostAsked: 0, read: async () => [] };
