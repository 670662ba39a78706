import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../../scripts/bundle.ts";
import { writeRules } from "../../scripts/write-rules.ts";

export interface BuiltCli {
  readonly main: string;
  remove(): void;
}

/**
 * The command line as `npm run build` makes it, from the sources as they are now, where `node_modules` is found. Types are
 * the business of `npm run check`.
 */
export async function buildCli(): Promise<BuiltCli> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const cache = join(root, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "safepath-cli-"));
  const dist = join(folder, "dist");
  await bundle(dist);
  writeRules(dist);
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  cpSync(join(root, "assets"), join(folder, "assets"), { recursive: true });
  return { main: join(dist, "cli/main.js"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
