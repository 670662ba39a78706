/** Keeps beside the bundled engine what V8 compiles of it: all that it calls while it analyses an example of each rule. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import type { loadAnalyse } from "../src/engine/load-analyse.ts";
import type { loadRules } from "../src/engine/load-rules.ts";
import { codePath, compileScript, evaluateScript } from "../src/engine/run-script.ts";

interface Engine {
  readonly loadAnalyse: typeof loadAnalyse;
  readonly loadRules: typeof loadRules;
}

const path = fileURLToPath(new URL("../dist/bundled/engine.cjs", import.meta.url));
// Else code would be dropped that was not called for a while, and what was compiled further be kept as due for it from the first call on.
const OFF = ["flush-bytecode", "sparkplug", "maglev", "turbofan"];
for (const flag of OFF) setFlagsFromString(`--no-${flag}`);
const script = compileScript(path);
const engine = evaluateScript(script, path) as Engine;
const analyse = await engine.loadAnalyse();
for (const { bad, profile } of (await engine.loadRules()).rules) {
  const [example] = bad;
  if (example === undefined) continue;
  const file = { path: example.path, text: example.code };
  analyse({ kind: "file", file, options: { profile, levels: {}, today: "2026-01-01" } });
}
// Code is for processes with the same options.
for (const flag of OFF) setFlagsFromString(`--${flag}`);
writeFileSync(codePath(path), script.createCachedData());
