import { createTwoFilesPatch } from "diff";
import { shownCode } from "../pages/example.ts";
import type { Rule } from "../rules/rule.ts";

/** Lines of context that hold every file of an example. */
const WHOLE_FILE = 1_000;

/** A rule's first example as somebody would paste it: what compares both sides of a change is shown as a diff. */
export function exampleToPaste(rule: Rule | undefined): string {
  const example = rule?.bad[0];
  if (example === undefined) return "";
  const { path, before } = example;
  const code = `${shownCode(example)}\n`;
  const isNamed = path !== "example.py";
  if (before === undefined && !isNamed) return code;
  const base = before === undefined ? "/dev/null" : `a/${path}`;
  return createTwoFilesPatch(base, `b/${path}`, before ?? "", code, "", "", {
    context: WHOLE_FILE,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
