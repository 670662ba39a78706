import { type ChildProcess, fork } from "node:child_process";
import type { Duplex } from "node:stream";
import type { AnalysisTask } from "../analysis/analyser.ts";
import type { AskForFile } from "../analysis/project-file.ts";
import { startDeadline } from "./fair-deadline.ts";
import type { ProcessorTime } from "./processor-time.ts";
import type { Answer, Batch, ChildMessage } from "./protocol.ts";
import { ASKS, answerChild } from "./questions.ts";

/** Megabytes of JavaScript heap; an analysis that needs more ends its child, not the machine. */
const MAX_HEAP_MB = 512;

/**
 * Megabytes of each half of the heap's young part. Node's own bound of 16 keeps a hundred more resident for the same CPU:
 * what an analysis makes dies with it.
 */
const YOUNG_HEAP_MB = 8;

/**
 * The collector works in the child's own thread: its helpers would wait for each other on cores where other children work, and the more
 * there is to keep the longer, so that CPU grew faster than the file (`npm run bench:growth`, which runs with the same).
 */
const OWN_COLLECTOR = "--single-threaded-gc";

/** Loading rules and parser takes a fraction of a second; a child that takes this long never will. */
const START_DEADLINE_MS = 30_000;

/** Messages of a child that is gone are read at once; this long after its end none will come. */
const CHANNEL_END_MS = 2_000;

interface ChildOptions {
  readonly maxHeapMb?: number | undefined;
  /** What a process has had of the processor. */
  readonly timeOf: (pid: number) => ProcessorTime | undefined;
  /** Answers what the child asks for. */
  readonly fileAt?: AskForFile | undefined;
}

/**
 * One child process. It inherits neither environment nor streams: what handles untrusted text holds no secrets, and
 * what it prints may quote that text.
 */
export class AnalysingChild {
  readonly #process: ChildProcess;
  /** Settles when the process is gone and all that it sent has been read. */
  readonly #ended: Promise<void>;
  /** Undefined once it is ready, else why it never will be. */
  readonly ready: Promise<string | undefined>;
  #isAlive = true;
  readonly #timeOf: ChildOptions["timeOf"];
  #onQuestion = (): void => {};

  constructor(entry: URL, args: readonly string[], { maxHeapMb = MAX_HEAP_MB, timeOf, fileAt }: ChildOptions) {
    this.#timeOf = timeOf;
    const execArgv = [`--max-old-space-size=${maxHeapMb}`, `--max-semi-space-size=${YOUNG_HEAP_MB}`, OWN_COLLECTOR];
    const streams = ["ignore", "ignore", "ignore", "ipc"] as const;
    this.#process = fork(entry, fileAt === undefined ? [...args] : [...args, ASKS], {
      ...{ execArgv, env: {} },
      stdio: fileAt === undefined ? [...streams] : [...streams, "pipe"],
    });
    const questions = this.#process.stdio[streams.length];
    if (fileAt && questions) answerChild(questions as Duplex, fileAt, () => this.#onQuestion());
    this.#ended = this.#watchEnd();
    this.ready = this.#watchStart();
  }

  /** False from the moment it is told to end, or its end is seen. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /**
   * Runs tasks in order; `onAnswer` is called for each that is answered. `done` when all are; otherwise the child is
   * gone, and the first unanswered task is the one that took it down or exceeded `deadlineMs`.
   */
  run(
    tasks: readonly AnalysisTask[],
    deadlineMs: number,
    onAnswer: (answer: Answer) => void,
  ): Promise<"done" | "crashed" | "too-slow"> {
    return new Promise((resolve) => {
      let unanswered = tasks.length;
      let end: "crashed" | "too-slow" = "crashed";
      const deadline = startDeadline(deadlineMs, this.#had, () => {
        end = "too-slow";
        void this.kill();
      });
      const read = (message: ChildMessage) => {
        if (message.kind === "ready" || message.kind === "unable") return;
        unanswered -= 1;
        deadline.refresh();
        onAnswer(message);
        if (unanswered === 0) settle("done");
      };
      // What it waits for is not its own time.
      this.#onQuestion = () => deadline.refresh();
      const settle = (result: "done" | "crashed" | "too-slow") => {
        this.#onQuestion = () => {};
        deadline.clear();
        this.#process.off("message", read);
        resolve(result);
      };
      this.#process.on("message", read);
      void this.#ended.then(() => settle(end));
      const batch: Batch = { tasks };
      // A channel that is closed already is reported by the end of the process.
      this.#process.send(batch, () => {});
    });
  }

  /** Settles when the process is gone. A child holds nothing that a gentler end would save. */
  kill(): Promise<void> {
    this.#isAlive = false;
    this.#process.kill("SIGKILL");
    return this.#ended;
  }

  readonly #had = (): ProcessorTime | undefined => {
    const { pid } = this.#process;
    return pid === undefined ? undefined : this.#timeOf(pid);
  };

  #watchEnd(): Promise<void> {
    return new Promise((resolve) => {
      let awaited = 2;
      const one = () => {
        this.#isAlive = false;
        awaited -= 1;
        if (awaited === 0) resolve();
      };
      // The exit may be seen before the last messages are read; the channel closes after them, or its end is never told.
      this.#process.once("exit", () => {
        one();
        const timer = setTimeout(resolve, CHANNEL_END_MS);
        void this.#ended.then(() => clearTimeout(timer));
      });
      this.#process.once("disconnect", one);
      this.#process.on("error", () => {
        if (this.#process.pid !== undefined) return;
        this.#isAlive = false;
        resolve();
      });
    });
  }

  #watchStart(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const deadline = startDeadline(START_DEADLINE_MS, this.#had, () => void this.kill());
      const settle = (reason: string | undefined) => {
        deadline.clear();
        resolve(reason);
      };
      this.#process.once("message", (message: ChildMessage) =>
        settle(message.kind === "unable" ? message.error : undefined),
      );
      void this.#ended.then(() => settle("the process ended before it was ready"));
    });
  }
}
