import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import type { createAnalyse as CreateAnalyse } from "../../src/analysis/create-analyse.ts";
import type { DETECTORS } from "../../src/detectors/registry.ts";
import type { Mutant } from "./mutant.ts";

const ROOT = new URL("../../", import.meta.url).href;
const QUERY = "?mutant=";

/** Where the detectors are that compare both sides of a change: no others import them. */
const COMPARING = "src/detectors/change/";

/** The mutants that were asked for, by the number that stands in the addresses of their modules. */
const loaded: Mutant[] = [];

registerHooks({
  resolve(specifier, context, nextResolve) {
    const result = nextResolve(specifier, context);
    const parent = context.parentURL ?? "";
    const at = parent.indexOf(QUERY);
    if (at === -1 || result.url.includes(QUERY)) return result;
    const { file } = loaded[Number(parent.slice(at + QUERY.length))];
    // What does not import the mutated module is the same for all, and so is the parser.
    const part = file.startsWith(COMPARING) ? COMPARING : "src/";
    if (!result.url.startsWith(ROOT + part) || result.url.startsWith(`${ROOT}src/python/`)) return result;
    return { ...result, url: result.url + parent.slice(at) };
  },
  load(url, context, nextLoad) {
    const at = url.indexOf(QUERY);
    if (at === -1) return nextLoad(url, context);
    const mutant = loaded[Number(url.slice(at + QUERY.length))];
    const address = url.slice(0, at);
    if (address !== ROOT + mutant.file) return nextLoad(url, context);
    const source = mutate(readFileSync(fileURLToPath(address), "utf8"), mutant);
    return { format: "module-typescript", source, shortCircuit: true };
  },
});

/** The text of a mutant's file without its mechanism; throws where the mechanism is written differently by now. */
export function mutate(source: string, { file, text, replacement, name }: Mutant): string {
  if (!source.includes(text)) throw new Error(`${file} no longer has the text of "${name}":\n${text}`);
  return source.replace(text, () => replacement);
}

/** The analysis as the mutant has it: its modules are loaded anew beside those of the others. */
export async function mutatedEngine(mutant: Mutant): Promise<typeof CreateAnalyse> {
  const module = await load<{ readonly createAnalyse: typeof CreateAnalyse }>(mutant, "src/analysis/create-analyse.ts");
  return module.createAnalyse;
}

/** The detectors, of which those that compare both sides of a change are loaded anew. */
export async function mutatedDetectors(mutant: Mutant): Promise<typeof DETECTORS> {
  return (await load<{ readonly DETECTORS: typeof DETECTORS }>(mutant, "src/detectors/registry.ts")).DETECTORS;
}

async function load<Module>(mutant: Mutant, path: string): Promise<Module> {
  const number = loaded.push(mutant) - 1;
  return (await import(`${ROOT}${path}${QUERY}${number}`)) as Module;
}
