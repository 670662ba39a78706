import type { Analyse } from "../analysis/analyser.ts";
import { createAnalyse } from "../analysis/create-analyse.ts";
import type { AskForFile } from "../analysis/project-file.ts";
import { DETECTORS } from "../detectors/registry.ts";
import { chooseParser } from "../python/choose-parser.ts";
import type { PythonParser } from "../python/syntax-arrays.ts";
import { createDiskTexts } from "./disk-texts.ts";
import { loadRules } from "./load-rules.ts";

interface LoadOptions {
  readonly preferred?: PythonParser["name"] | undefined;
  /** Answers for tasks whose project is `asked`; remembers what it was asked lately. */
  readonly askFor?: AskForFile | undefined;
}

/** The analysis with all that it needs from disk: the parser and the rules. */
export async function loadAnalyse({ preferred, askFor }: LoadOptions = {}): Promise<Analyse> {
  const [parser, ruleSet] = await Promise.all([chooseParser(preferred), loadRules()]);
  return createAnalyse({
    parser,
    ruleSet,
    detectors: DETECTORS,
    openProject: createDiskTexts(),
    ...(askFor && { askFor }),
  });
}
