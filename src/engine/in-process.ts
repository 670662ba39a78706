import type { Analyse, Engine } from "../analysis/analyser.ts";
import { describeError, pathOf, type Trouble, troubledAnalysis } from "./trouble.ts";

/** Analyses in this process: the cheapest for few files, without protection against one that takes the process down. */
export function createInProcessEngine(analyse: Analyse, onTrouble: (trouble: Trouble) => void = () => {}): Engine {
  return {
    async analyse(task) {
      try {
        return analyse(task);
      } catch (error) {
        const trouble: Trouble = { kind: "threw", path: pathOf(task), error: describeError(error) };
        onTrouble(trouble);
        return troubledAnalysis(task, trouble);
      }
    },
    async close() {},
  };
}
