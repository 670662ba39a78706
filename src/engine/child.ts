/** The program of an analysing child process; its arguments: the parser to prefer, and `asks` where the parent answers for files. */
import { loadAnalyse } from "./load-analyse.ts";
import { ASKS, askParent } from "./questions.ts";
import { serveTasks } from "./serve-tasks.ts";

const words = process.argv.slice(2);
const preferred = (["native", "wasm"] as const).find((name) => words.includes(name));
await serveTasks(() => loadAnalyse({ preferred, ...(words.includes(ASKS) && { askFor: askParent() }) }));
