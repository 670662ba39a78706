import { availableParallelism } from "node:os";
import type { Engine } from "../analysis/analyser.ts";
import type { Trouble } from "../engine/trouble.ts";
import type { Work } from "./context.ts";

/**
 * In this process for what is done before a child has started (a child takes some 200 ms); in child processes for more,
 * where all cores work and one file cannot take the others down.
 */
export async function createEngine(work: Work, onTrouble: (trouble: Trouble) => void): Promise<Engine> {
  if (work.files <= fewFiles && work.size <= littleText) {
    const [{ loadAnalyse }, { createInProcessEngine }] = await Promise.all([
      import("../engine/load-analyse.ts"),
      import("../engine/in-process.ts"),
    ]);
    return createInProcessEngine(await loadAnalyse(), onTrouble);
  }
  const { createChildPool } = await import("../engine/child-pool.ts");
  return createChildPool({ size: Math.min(availableParallelism(), work.files), onTrouble });
}

const fewFiles = 16;
/** UTF-16 code units; some 6,000 lines. */
const littleText = 200 * 1024;
