import { type ChildProcess, fork } from "node:child_process";
import type { AnalysisTask } from "../analysis/analyser.ts";
import type { ProcessorTime } from "./processor-time.ts";
import type { Answer, Batch, ChildMessage } from "./protocol.ts";

/** Megabytes of JavaScript heap; an analysis that needs more ends its child, not the machine. */
const MAX_HEAP_MB = 512;

/**
 * Megabytes of each half of the heap's young part. Node's own bound of 16 keeps a hundred more resident for the same CPU:
 * what an analysis makes dies with it.
 */
const YOUNG_HEAP_MB = 8;

/** Loading rules and parser takes a fraction of a second; a child that takes this long never will. */
const START_DEADLINE_MS = 30_000;

/** Messages of a child that is gone are read at once; this long after its end none will come. */
const CHANNEL_END_MS = 2_000;

export interface Deadline {
  /** Milliseconds a task may take. */
  readonly deadlineMs: number;
  readonly timeOf: (pid: number) => ProcessorTime | undefined;
}

/** How often a child that did not get the processor is given the time of a task again. */
const MOST_EXTENSIONS = 3;

/** Of its deadline; a child that had more was slow, not starved. */
const STARVED = 0.75;

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

  constructor(entry: URL, args: readonly string[], maxHeapMb = MAX_HEAP_MB) {
    const execArgv = ["--expose-gc", `--max-old-space-size=${maxHeapMb}`, `--max-semi-space-size=${YOUNG_HEAP_MB}`];
    this.#process = fork(entry, [...args], { execArgv, env: {}, stdio: ["ignore", "ignore", "ignore", "ipc"] });
    this.#ended = this.#watchEnd();
    this.ready = this.#watchStart();
  }

  /** False from the moment it is told to end, or its end is seen. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  /**
   * Runs tasks in order; `onAnswer` is called for each that is answered. `done` when all are; otherwise the child is
   * gone, and the first unanswered task is the one that took it down or exceeded `deadlineMs`. A busy machine must not turn
   * an ordinary file into one that could not be verified: where the child waited for its turn, the time is given again.
   */
  run(
    tasks: readonly AnalysisTask[],
    { deadlineMs, timeOf }: Deadline,
    onAnswer: (answer: Answer) => void,
  ): Promise<"done" | "crashed" | "too-slow"> {
    return new Promise((resolve) => {
      let unanswered = tasks.length;
      let end: "crashed" | "too-slow" = "crashed";
      let extensions = 0;
      let before = this.#had(timeOf);
      const isStarved = () => {
        const now = this.#had(timeOf);
        if (before === undefined || now === undefined || !now.isRunnable) return false;
        return now.milliseconds - before.milliseconds < STARVED * deadlineMs;
      };
      const timer = setTimeout(() => {
        // An answer may wait unread because this process was busy: it is read before the immediate runs.
        const awaited = unanswered;
        setImmediate(() => {
          if (unanswered !== awaited) return;
          if (extensions < MOST_EXTENSIONS && isStarved()) {
            extensions += 1;
            timer.refresh();
            return;
          }
          end = "too-slow";
          void this.kill();
        });
      }, deadlineMs);
      const read = (message: ChildMessage) => {
        if (message.kind === "ready" || message.kind === "unable") return;
        unanswered -= 1;
        extensions = 0;
        before = this.#had(timeOf);
        timer.refresh();
        onAnswer(message);
        if (unanswered === 0) settle("done");
      };
      const settle = (result: "done" | "crashed" | "too-slow") => {
        clearTimeout(timer);
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

  #had(timeOf: Deadline["timeOf"]): ProcessorTime | undefined {
    return this.#process.pid === undefined ? undefined : timeOf(this.#process.pid);
  }

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
      const timer = setTimeout(() => void this.kill(), START_DEADLINE_MS);
      const settle = (reason: string | undefined) => {
        clearTimeout(timer);
        resolve(reason);
      };
      this.#process.once("message", (message: ChildMessage) =>
        settle(message.kind === "unable" ? message.error : undefined),
      );
      void this.#ended.then(() => settle("the process ended before it was ready"));
    });
  }
}
