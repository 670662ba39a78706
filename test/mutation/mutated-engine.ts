import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import type { createAnalyse as CreateAnalyse } from "../../src/analysis/create-analyse.ts";
import type { Mutant } from "./mutant.ts";

const ROOT = new URL("../../", import.meta.url).href;
const QUERY = "?mutant=";

/** The mutants that were asked for, by the number that stands in the addresses of their modules. */
const loaded: Mutant[] = [];

registerHooks({
  resolve(specifier, context, nextResolve) {
    const result = nextResolve(specifier, context);
    const parent = context.parentURL ?? "";
    const at = parent.indexOf(QUERY);
    const isOfEngine = at !== -1 && result.url.startsWith(`${ROOT}src/`) && !result.url.includes(QUERY);
    // The parser is not mutated, and is the same for all.
    if (!isOfEngine || result.url.startsWith(`${ROOT}src/python/`)) return result;
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
  const number = loaded.push(mutant) - 1;
  const module = (await import(`${ROOT}src/analysis/create-analyse.ts${QUERY}${number}`)) as {
    readonly createAnalyse: typeof CreateAnalyse;
  };
  return module.createAnalyse;
}
