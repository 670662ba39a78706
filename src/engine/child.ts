/** The program of an analysing child process; its argument, where there is one, is the parser to prefer. */
import { loadAnalyse } from "./load-analyse.ts";
import { serveTasks } from "./serve-tasks.ts";

const preferred = process.argv[2];
await serveTasks(() => loadAnalyse(preferred === "native" || preferred === "wasm" ? preferred : undefined));
