import { z } from "zod";
import type { ManifestChangeDetector, ManifestDetection, ManifestSides } from "../../rules/detector.ts";
import { packagesOf } from "./requirements.ts";

/** By what people call it: a pattern of the command, the action or the service that looks for known flaws. */
const Options = z.strictObject({ tools: z.record(z.string(), z.string()) });

/** Packages that come into a repository in which nothing looks for flaws that become known. */
export const missingStep: ManifestChangeDetector = {
  kind: "manifest-change",
  name: "missing-step",
  prepare: (raw) => {
    const tools = Object.values(Options.parse(raw).tools).map((pattern) => new RegExp(pattern, "u"));
    return (sides) => detect(sides, tools);
  },
};

function* detect({ base, head }: ManifestSides, tools: readonly RegExp[]): Generator<ManifestDetection> {
  if (head.format === "lock" || head.runners === undefined || head.runners.some((text) => runs(text, tools))) return;
  const known = new Set(packagesOf(base).map(({ name }) => name));
  // A list that begins is a project that begins, or a file that has moved.
  if (known.size === 0) return;
  const [first] = packagesOf(head).filter(({ name }) => !known.has(name));
  if (first !== undefined) yield { span: first.span, fields: { package: first.writtenName ?? first.name } };
}

/** Lines that are no comment. */
function runs(text: string, tools: readonly RegExp[]): boolean {
  return text.split("\n").some((line) => {
    const code = line.replace(/(?:^|\s)#.*$/u, "");
    return tools.some((tool) => tool.test(code));
  });
}
