import type { ProcessorTime } from "./processor-time.ts";

/** How often a process that did not get the processor is given its time again. */
const MOST_EXTENSIONS = 3;

/** Of its deadline; a process that had more was slow, not starved. */
const STARVED = 0.75;

export interface FairDeadline {
  /** The process has done something: its time begins again. */
  refresh(): void;
  clear(): void;
}

/**
 * Calls `onOver` once a process has had `milliseconds` and done nothing. A busy machine must not turn an ordinary file into one that could
 * not be verified: where the process waited for its turn, the time is given again. `had` says what it has had of the processor.
 */
export function startDeadline(
  milliseconds: number,
  had: () => ProcessorTime | undefined,
  onOver: () => void,
): FairDeadline {
  let refreshed = 0;
  let extensions = 0;
  let before = had();
  const isStarved = () => {
    const now = had();
    if (before === undefined || now === undefined || !now.isRunnable) return false;
    return now.milliseconds - before.milliseconds < STARVED * milliseconds;
  };
  const timer = setTimeout(() => {
    // What the process sent may wait unread because this one was busy: it is read before the immediate runs.
    const seen = refreshed;
    setImmediate(() => {
      if (refreshed !== seen) return;
      if (extensions === MOST_EXTENSIONS || !isStarved()) return onOver();
      extensions += 1;
      timer.refresh();
    });
  }, milliseconds);
  return {
    refresh() {
      refreshed += 1;
      extensions = 0;
      before = had();
      timer.refresh();
    },
    clear() {
      refreshed += 1;
      clearTimeout(timer);
    },
  };
}
