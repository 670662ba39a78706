import type { Output } from "./context.ts";

export interface Progress {
  /** One file more is done. */
  step(): void;
  /** Takes the line away. */
  end(): void;
}

/** A line on a terminal that says how far the work is; silent for short work and where no terminal reads. */
export function showProgress(output: Output, total: number): Progress {
  if (output.isTTY !== true || total < leastFiles) return { step: () => {}, end: () => {} };
  let done = 0;
  let shown = -1;
  return {
    step() {
      done += 1;
      const percent = Math.floor((done / total) * 100);
      if (percent === shown) return;
      shown = percent;
      output.write(`\r${clearLine}${done} of ${total} files (${percent}%)`);
    },
    end: () => {
      if (shown !== -1) output.write(`\r${clearLine}`);
    },
  };
}

/** Fewer files are done before a person has read the line. */
const leastFiles = 50;
const clearLine = "\u001B[K";
