import { readFileSync } from "node:fs";

/** What a process has had of the processor. */
export interface ProcessorTime {
  readonly milliseconds: number;
  /** It wants more: it runs, or waits for its turn. */
  readonly isRunnable: boolean;
}

/** Undefined for a process that is gone, and where the system does not say: then only the clock is known. */
export function processorTime(pid: number): ProcessorTime | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field is the program's name in parentheses, which may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { milliseconds: (Number(fields[11]) + Number(fields[12])) * TICK_MS, isRunnable: fields[0] === "R" };
  } catch {
    return undefined;
  }
}

/** Linux counts in hundredths of a second on every platform that Node runs on. */
const TICK_MS = 10;
