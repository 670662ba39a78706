import { documentFormat } from "../documents/document-format.ts";
import { manifestFormat } from "../manifests/manifest-format.ts";

/** Whether a file is analysed, by its name: `script` for names without an ending, whose first line decides. */
export function sourceKind(path: string): "python" | "notebook" | "manifest" | "document" | "script" | undefined {
  if (/\.(?:py|pyw|pyi)$/.test(path)) return "python";
  if (path.endsWith(".ipynb")) return "notebook";
  if (manifestFormat(path) !== undefined) return "manifest";
  if (documentFormat(path) !== undefined) return "document";
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.includes(".") ? undefined : "script";
}

/** Whether what a file had is part of what a change does once the file is gone: what it served, and what it depended on. */
export function isMissedWhenGone(path: string): boolean {
  const kind = sourceKind(path);
  return kind === "python" || kind === "manifest";
}

/** Characters of a file in which its first line is looked for. */
export const FIRST_LINE = 200;

/** Whether a file's first line asks for Python. */
export function hasPythonFirstLine(text: string): boolean {
  return /^#!.*\bpython[\d.]*\b/.test(text.slice(0, FIRST_LINE));
}

/** Whether the text is Python: by its name, or by its first line. */
export function isPython(path: string, text: string): boolean {
  return sourceKind(path) === "python" || hasPythonFirstLine(text);
}
