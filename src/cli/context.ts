import type { Engine } from "../analysis/analyser.ts";
import type { Rule } from "../rules/rule.ts";

/** What the commands need of the world; put together in `main.ts`. */
export interface CliContext {
  readonly version: string;
  /** The folder that paths on the command line start from. */
  readonly cwd: string;
  /** Today as an ISO date. */
  readonly today: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** All rules, of every profile. */
  loadRules(): Promise<readonly Rule[]>;
  /** In this process for little work, in child processes for more. */
  createEngine(work: Work): Promise<Engine>;
  /** Looks at the App's registration by the variables of the environment; gives the exit code. */
  examine(mostRepositories: number): Promise<number>;
}

export interface Work {
  readonly files: number;
  /** UTF-16 code units of all files. */
  readonly size: number;
}

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Wrong use: its message is printed, and the program ends with 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
