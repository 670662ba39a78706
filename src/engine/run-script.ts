import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

/**
 * Runs a CommonJS script of ours, one without `import()`, and returns what it exports. Where the build kept what this version of
 * Node compiled of it, functions that were first called later included, that is taken: to compile what is called takes a process
 * of one small file a fifth of its time.
 */
export function runScript(path: string): unknown {
  const code = readCode(path);
  return code === undefined ? createRequire(path)(path) : evaluateScript(compileScript(path, code), path);
}

/** V8 ignores code that it cannot use, such as that of a process with other options. */
export function compileScript(path: string, code?: Buffer): Script {
  const source = readFileSync(path, "utf8");
  return new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: path,
    ...(code && { cachedData: code }),
  });
}

export function evaluateScript(script: Script, path: string): unknown {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  return module.exports;
}

/** Where the code of a script is kept; another version of Node cannot read it. */
export function codePath(path: string): string {
  return `${path}.${process.version}-${process.arch}`;
}

function readCode(path: string): Buffer | undefined {
  try {
    return readFileSync(codePath(path));
  } catch {
    return undefined;
  }
}
