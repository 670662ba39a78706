import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A small shop before and after a pull request: several mistakes, and changes beside them that only look like mistakes. */
export const BEFORE = read("before");
export const AFTER = { ...BEFORE, ...read("after") };

export const TITLE = "Search orders, hand out invoices, sign in";

function read(side: "before" | "after"): Readonly<Record<string, string>> {
  const root = fileURLToPath(new URL(`shop/${side}/`, import.meta.url));
  const files = globSync("**/*.*", { cwd: root }).sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}
