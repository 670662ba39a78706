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
  /\/src\/(?:text|diff|python|manifests|taint|documents|rules|detectors|analysis|engine)\/(?!.*(?:child|read-version|wasm-parser|child-pool|schema|load|load-models)\.ts$)/;

/** What the engine shares with the command line itself, which loads no analysis to say its version. */
const SHARED = /\/src\/text\/iso-date\.ts$/;

/**
 * Writes the command line and the analysing child to `dist`, each together with what it imports: to find and load some 500
 * modules one by one costs a process of one small file more than its analysis. The names are those that the compiler gives.
 */
export async function bundle(dist: string): Promise<void> {
  await build({
    cwd: root,
    input: { "cli/main": "src/cli/main.ts", "engine/child": "src/engine/child.ts" },
    platform: "node",
    external: (id) => /^[@\w]/.test(id) && !id.startsWith("src/") && !BUNDLED.test(id),
    logLevel: "warn",
    // In a folder as deep as those of the sources, from where they find what lies in `dist` beside them.
    output: {
      dir: dist,
      format: "esm",
      chunkFileNames: "bundled/[name].js",
      sourcemap: true,
      codeSplitting: {
        groups: [
          { name: "dates", test: SHARED, priority: 1 },
          { name: "engine", test: ENGINE },
        ],
      },
    },
  });
}
