import type { Engine } from "../analysis/analyser.ts";
import type { AskForFile } from "../analysis/project-file.ts";
import type { OwnRules } from "../rules/own-rules.ts";
import type { Rule } from "../rules/rule.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import type { DeadLetter } from "../service/job-queue.ts";
import type { Advisories } from "../service/ports.ts";

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
  /** The same with the models, and without those of the repository's own. */
  loadRuleSet(): Promise<RuleSet>;
  /** What the repository has of its own; `loadRules` has its rules too. */
  readonly own?: OwnRules;
  /** In this process for little work, in child processes for more. */
  createEngine(work: Work): Promise<Engine>;
  /** Who knows of flaws in packages: `online`, or a folder of OSV's records. */
  advisories(from: string): Promise<Advisories>;
  /** Serves until the process is told to stop. */
  serve(options: { readonly role?: string }): Promise<number>;
  /** The queue of the service that the variables of the environment name. */
  operateQueue(): Promise<QueueOperations>;
  /** Looks at the App's registration by the variables of the environment; gives the exit code. */
  examine(mostRepositories: number): Promise<number>;
}

export interface QueueOperations {
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** False where there is no such dead letter. */
  replay(deliveryId: string): Promise<boolean>;
  close(): Promise<void>;
}

export interface Work {
  readonly files: number;
  /** UTF-16 code units of all files. */
  readonly size: number;
  /** Answers for tasks whose project is `asked`. */
  readonly fileAt?: AskForFile;
}

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** The world of a repository with rules of its own. */
export function withOwn(context: CliContext, own: OwnRules | undefined): CliContext {
  if (own === undefined) return context;
  return { ...context, own, loadRules: async () => [...(await context.loadRules()), ...own.rules] };
}

/** Wrong use: its message is printed, and the program ends with 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}
