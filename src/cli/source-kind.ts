import { manifestFormat } from "../manifests/manifest-format.ts";

/**
 * Whether a file is analysed, by its name: `script` for names without an ending, whose first line decides.
 */
export function sourceKind(path: string): "python" | "manifest" | "script" | undefined {
  if (/\.(?:py|pyw|pyi)$/.test(path)) return "python";
  if (manifestFormat(path) !== undefined) return "manifest";
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.includes(".") ? undefined : "script";
}

/** Whether a file's first line asks for Python. */
export function hasPythonFirstLine(firstBytes: Uint8Array): boolean {
  return /^#!.*\bpython[\d.]*\b/.test(new TextDecoder("latin1").decode(firstBytes.subarray(0, 200)));
}
