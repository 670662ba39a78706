import { AsyncLocalStorage } from "node:async_hooks";
import type { AnalysisTask, Engine } from "../analysis/analyser.ts";
import type { FileAnalysis } from "../analysis/finding.ts";
import type { AskForFile } from "../analysis/project-file.ts";
import { AnalysingChild } from "./analysing-child.ts";
import { type ProcessorTime, processorTime } from "./processor-time.ts";
import type { Answer } from "./protocol.ts";
import { TaskQueue } from "./task-queue.ts";
import { pathOf, sizeOf, type Trouble, troubledAnalysis } from "./trouble.ts";

export interface ChildPoolOptions {
  /** How many processes work at once; they are started when there is work for them. */
  readonly size: number;
  /** The module that children run, which calls `serveTasks`; the analysis with all rules unless told otherwise. */
  readonly entry?: URL;
  readonly args?: readonly string[];
  /** Milliseconds a task may take. */
  readonly deadlineMs?: number;
  /** Answers for tasks whose project is `asked`: a child waits for it, one question at a time. */
  readonly fileAt?: AskForFile | undefined;
  /** What a process has had of the processor. */
  readonly timeOf?: (pid: number) => ProcessorTime | undefined;
  /** Megabytes of JavaScript heap; a task that needs more ends its child. */
  readonly maxHeapMb?: number;
  /** Resident bytes above which a child is replaced. */
  readonly maxRss?: number;
  readonly onTrouble?: (trouble: Trouble) => void;
  /** A child has to be replaced. */
  readonly onRestart?: (reason: "crashed" | "too-slow" | "memory") => void;
}

/** Far above what the analysis' own budgets allow: parse deadline 0.5 s, steps for the rest. */
const DEADLINE_MS = 4_000;
const MAX_RSS = 400 * 1024 * 1024;

/** Small tasks cross together; one that is larger crosses alone. */
const BATCH_TASKS = 16;
const BATCH_SIZE = 64 * 1024;

/** Children that end while they start, in a row, until the fault is taken to be ours and not of the moment. */
const MAX_FAILED_STARTS = 3;

const PROGRAM = new URL(`../engine/child.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

interface Job {
  readonly task: AnalysisTask;
  readonly resolve: (analysis: FileAnalysis) => void;
  readonly reject: (error: Error) => void;
  /** Runs something as whoever asked for the task would. */
  readonly inContext: (run: () => void) => void;
}

interface Seat {
  child: AnalysingChild | undefined;
  busy: boolean;
}

/**
 * Analyses in child processes, one task at a time each. Not in threads: ending a thread inside the parser's native code
 * ends the process. A task that hangs or takes its child down costs a notice; the next one gets a new child.
 */
export function createChildPool(options: ChildPoolOptions): Engine {
  const { entry = PROGRAM, args = [], maxRss = MAX_RSS, onTrouble = () => {}, onRestart = () => {} } = options;
  const { deadlineMs = DEADLINE_MS, timeOf = processorTime, maxHeapMb, fileAt } = options;
  const seats: readonly Seat[] = Array.from({ length: options.size }, () => ({ child: undefined, busy: false }));
  const queue = new TaskQueue<Job>();
  let failedStarts = 0;
  let isClosed = false;
  process.on("exit", killAll);

  function killAll(): void {
    for (const { child } of seats) void child?.kill();
  }

  function work(seat: Seat): void {
    if (seat.busy || isClosed) return;
    const share = Math.ceil(queue.length / seats.length);
    const jobs = queue.take(seat, (run) => batchSize(run, share));
    if (jobs.length === 0) return;
    seat.busy = true;
    void runBatch(seat, jobs).then(() => {
      seat.busy = false;
      workAll();
    });
  }

  /** Children that run already come first. */
  function workAll(): void {
    for (const seat of seats) if (seat.child?.isAlive) work(seat);
    for (const seat of seats) work(seat);
  }

  async function runBatch(seat: Seat, jobs: readonly Job[]): Promise<void> {
    const child = seat.child?.isAlive ? seat.child : new AnalysingChild(entry, args, { maxHeapMb, timeOf, fileAt });
    seat.child = child;
    const unable = await child.ready;
    if (unable !== undefined) return notStarted(seat, jobs, unable);
    failedStarts = 0;
    let answered = 0;
    let rss = 0;
    const tasks = jobs.map(({ task }) => task);
    const end = await child.run(tasks, deadlineMs, (answer) => {
      rss = answer.rss;
      const job = jobs[answered++];
      if (job !== undefined) job.resolve(analysisOf(job, answer));
    });
    if (end === "done") {
      if (rss <= maxRss) return;
      onRestart("memory");
      return child.kill();
    }
    if (!isClosed) onRestart(end);
    const [culprit, ...rest] = jobs.slice(answered);
    if (isClosed) return rejectAll([culprit, ...rest].filter((job) => job !== undefined));
    queue.putBack(seat, rest);
    if (culprit === undefined) return;
    const path = pathOf(culprit.task);
    culprit.resolve(
      troubled(culprit, end === "crashed" ? { kind: end, path } : { kind: end, path, milliseconds: deadlineMs }),
    );
  }

  function analysisOf(job: Job, answer: Answer): FileAnalysis {
    if (answer.kind === "analysed") return answer.analysis;
    return troubled(job, { kind: "threw", path: pathOf(job.task), error: answer.error });
  }

  function troubled({ task, inContext }: Job, trouble: Trouble): FileAnalysis {
    inContext(() => onTrouble(trouble));
    return troubledAnalysis(task, trouble);
  }

  function notStarted(seat: Seat, jobs: readonly Job[], reason: string): void {
    failedStarts += 1;
    queue.putBack(seat, jobs);
    if (isClosed) rejectAll(queue.takeAll());
    if (failedStarts >= MAX_FAILED_STARTS) {
      failedStarts = 0;
      rejectAll(queue.takeAll(), `analysing processes do not start: ${reason}`);
    }
  }

  return {
    analyse(task) {
      return new Promise((resolve, reject) => {
        const job: Job = { task, resolve, reject, inContext: AsyncLocalStorage.snapshot() };
        if (isClosed) return rejectAll([job]);
        queue.push(job);
        // Later, so that what is asked for in one go is shared out together.
        if (queue.length === 1) setImmediate(workAll);
      });
    },
    async close() {
      isClosed = true;
      process.off("exit", killAll);
      rejectAll(queue.takeAll());
      await Promise.all(seats.map(({ child }) => child?.kill()));
    },
  };
}

function rejectAll(jobs: readonly Job[], reason = "the engine is closed"): void {
  for (const { reject } of jobs) reject(new Error(reason));
}

/** How many tasks one child gets next: few enough that the other children get their share. */
function batchSize(run: readonly Job[], share: number): number {
  let count = 0;
  let size = 0;
  for (const { task } of run.slice(0, Math.min(BATCH_TASKS, share))) {
    size += sizeOf(task);
    if (count > 0 && size > BATCH_SIZE) break;
    count += 1;
  }
  return count;
}
