import { readFile, stat } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { isLeftOut } from "../config/policy-for.ts";
import { type Decoded, decodeSource } from "../text/decode-source.ts";
import type { CliContext } from "./context.ts";
import { findFiles } from "./find-files.ts";
import { MOST_BYTES } from "./git-blobs.ts";
import { repositoryRoot } from "./ignore-rules.ts";
import { readPolicy } from "./read-policy.ts";
import { pathFrom } from "./relocate.ts";
import type { ReportOptions } from "./report-options.ts";
import { type Input, runAnalysis } from "./run-analysis.ts";
import { writeReport } from "./write-report.ts";

/** Analyses whole files. Returns the exit code. */
export async function scan(paths: readonly string[], options: ReportOptions, context: CliContext): Promise<number> {
  const files = await findFiles(paths, context.cwd);
  const named = paths.map((path) => resolve(context.cwd, path));
  const roots = new Map<string, string | undefined>();
  const inputs: Input[] = [];
  for (const file of files) {
    const folder = dirname(file);
    if (!roots.has(folder)) roots.set(folder, await repositoryRoot(folder));
    const repository = roots.get(folder);
    const root = repository ?? context.cwd;
    const decoded = await readSource(file);
    inputs.push({
      path: pathFrom(root, file),
      root,
      project: { kind: "disk", root, within: repository ?? folderAround(file, [context.cwd, ...named]) ?? folder },
      shownPath: pathFrom(context.cwd, file),
      content: decoded.kind === "text" ? { kind: "file", text: decoded.text } : decoded,
    });
  }
  const root = inputs[0]?.root ?? context.cwd;
  const inForce = await readPolicy({ root, paths: inputs.map(({ path }) => path) }, options, context);
  const { policy } = inForce;
  const wanted = inputs.filter(({ path }) => named.includes(resolve(root, path)) || !isLeftOut(policy, path));
  const analysed = await runAnalysis(wanted, policy, options, inForce.context);
  const reported = { analysed, leftOut: inputs.length - wanted.length };
  return writeReport(reported, policy, options, inForce.context);
}

/** The first of the folders that holds the file: without a repository, imports are followed no further than that. */
function folderAround(file: string, folders: readonly string[]): string | undefined {
  return folders.find((folder) => file.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}

async function readSource(file: string): Promise<Decoded | Unread> {
  try {
    const { size } = await stat(file);
    if (size > MOST_BYTES) return { kind: "unreadable", reason: "too-large" };
    return decodeSource(await readFile(file));
  } catch {
    // Gone since it was found, or not ours to read.
    return { kind: "unreadable", reason: "not-fetched" };
  }
}

interface Unread {
  readonly kind: "unreadable";
  readonly reason: "too-large" | "not-fetched";
}
