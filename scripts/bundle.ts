import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Packages that a scan loads, and the bundler's own helpers. All others stay where they are installed: native code, and what needs a network. */
const BUNDLED =
  /^(?:@oxc-project\/runtime|commander|diff|ignore|yaml|zod|@renovatebot\/pep440|toml-eslint-parser|eslint-visitor-keys)(?:\/|$)/;

/**
 * What every analysis loads is one chunk. Not in it: the program of a child, what only some processes load, and what is asked
 * where nothing is analysed.
 */
const ENGINE =
  /\/src\/(?:text|diff|python|manifests|taint|documents|rules|detectors|analysis|engine)\/(?!.*(?:child|run-script|read-version|wasm-parser|child-pool|schema|load|load-models)\.ts$)/;

/** What the engine shares with the command line itself, which loads no analysis to say its version. */
const SHARED = /\/src\/text\/iso-date\.ts$/;

/**
 * Writes the command line and the analysing child to `dist`, each together with what it imports: to find and load some 500
 * modules one by one costs a process of one small file more than its analysis. The names are those that the compiler gives.
 */
export async function bundle(dist: string): Promise<void> {
  await build({
    cwd: root,
    input: {
      "cli/main": "src/cli/main.ts",
      "engine/child": "src/engine/child.ts",
      "engine/run-script": "src/engine/run-script.ts",
    },
    platform: "node",
    external: (id) => /^[@\w]/.test(id) && !id.startsWith("src/") && !BUNDLED.test(id),
    logLevel: "warn",
    // In a folder as deep as those of the sources, from where they find what lies in `dist` beside them.
    output: {
      dir: dist,
      format: "esm",
      chunkFileNames: "bundled/[name].js",
      sourcemap: true,
      minifyInternalExports: false,
      codeSplitting: {
        groups: [
          { name: "dates", test: SHARED, priority: 1 },
          { name: "engine", test: ENGINE },
        ],
      },
    },
  });
  await makeScript(join(dist, "bundled"));
}

/**
 * Puts a script that exports the same in the place of the engine's module: the code of a script can be kept with all functions that
 * are called, that of a module only with those that run when it is loaded.
 */
async function makeScript(folder: string): Promise<void> {
  const {
    output: [{ exports }],
  } = await build({
    input: join(folder, "engine.js"),
    platform: "node",
    external: /^(?:node:|\.\/(?!rolldown-runtime|dates))/,
    treeshake: false,
    logLevel: "warn",
    output: {
      file: join(folder, "engine.cjs"),
      format: "cjs",
      dynamicImportInCjs: false,
      comments: { legal: true, annotation: false, jsdoc: false },
    },
  });
  const lines = [
    `import { fileURLToPath } from "node:url";`,
    `import { runScript } from "../engine/run-script.js";`,
    `export const { ${exports.join(", ")} } = runScript(fileURLToPath(new URL("engine.cjs", import.meta.url)));`,
  ];
  writeFileSync(join(folder, "engine.js"), lines.join("\n"));
  rmSync(join(folder, "engine.js.map"));
}
