import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { CliContext } from "./context.ts";
import { type Decoded, decodeSource, MOST_BYTES } from "./decode-source.ts";
import { findFiles } from "./find-files.ts";
import { repositoryRoot } from "./ignore-rules.ts";
import { pathFrom } from "./relocate.ts";
import type { ReportOptions } from "./report-options.ts";
import { type Input, runAnalysis } from "./run-analysis.ts";
import { writeReport } from "./write-report.ts";

/** Analyses whole files. Returns the exit code. */
export async function scan(paths: readonly string[], options: ReportOptions, context: CliContext): Promise<number> {
  const files = await findFiles(paths, context.cwd);
  const roots = new Map<string, string | undefined>();
  const inputs: Input[] = [];
  for (const file of files) {
    const folder = dirname(file);
    if (!roots.has(folder)) roots.set(folder, await repositoryRoot(folder));
    const decoded = await readSource(file);
    inputs.push({
      path: pathFrom(roots.get(folder) ?? context.cwd, file),
      shownPath: pathFrom(context.cwd, file),
      content: decoded.kind === "text" ? { kind: "file", text: decoded.text } : decoded,
    });
  }
  return writeReport(await runAnalysis(inputs, options, context), options, context);
}

async function readSource(file: string): Promise<Decoded> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) return { kind: "unreadable", reason: "too-large" };
    return decodeSource(await readFile(file));
  } catch {
    // Gone since it was found, or not ours to read.
    return { kind: "unreadable", reason: "not-fetched" };
  }
}
