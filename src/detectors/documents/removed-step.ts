import { z } from "zod";
import type { DocumentFacts } from "../../documents/document.ts";
import type { DocumentChangeDetector, DocumentSides, ManifestDetection } from "../../rules/detector.ts";
import { placeOf } from "./place-of.ts";

const Options = z.strictObject({
  /** By what people call it: a pattern of the command or the action that runs it. */
  tools: z.record(z.string(), z.string()),
  /** Patterns of what does the same under another name, or runs it from elsewhere. */
  instead: z.array(z.string()).default([]),
});

/** Files that say what runs for each change: workflows, hooks before a commit, test environments. */
const RUNNERS =
  /(?:^|\/)(?:\.github\/workflows\/[^/]+\.ya?ml|\.pre-commit-config\.ya?ml|\.gitlab-ci\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml|\.circleci\/config\.yml|tox\.ini)$/;

/** A program that was run for each change, and is run no more, nor another one of its kind. */
export const removedStep: DocumentChangeDetector = {
  kind: "document-change",
  name: "removed-step",
  prepare: (raw) => {
    const { tools: named, instead } = Options.parse(raw);
    const compile = ([name, pattern]: readonly [string, string]) => ({ name, pattern: new RegExp(pattern, "u") });
    const tools = Object.entries(named).map(compile);
    const same = [...tools, ...instead.map((pattern) => compile([pattern, pattern]))];
    return { concerns: (path) => RUNNERS.test(path), detect: (sides) => detect(sides, tools, same) };
  },
};

type Tools = readonly { readonly name: string; readonly pattern: RegExp }[];

function* detect({ base, head }: DocumentSides, tools: Tools, same: Tools): Generator<ManifestDetection> {
  const ran = firstRun(base, tools);
  // A file that is empty, or can no longer be read, tells nothing of what runs.
  if (ran === undefined || head.text.trim() === "" || firstRun(head, same) !== undefined) return;
  yield { span: placeOf(head, ran.line), fields: { tool: ran.name, what: ran.name } };
}

/** Lines that are no comment: a step that is commented out does not run. */
function firstRun({ text }: DocumentFacts, tools: Tools): { readonly name: string; readonly line: number } | undefined {
  for (const [line, written] of text.split("\n").entries()) {
    const code = written.replace(/(?:^|\s)#.*$/u, "");
    const tool = tools.find(({ pattern }) => pattern.test(code));
    if (tool !== undefined) return { name: tool.name, line };
  }
  return undefined;
}
