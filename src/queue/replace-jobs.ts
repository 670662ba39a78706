import type { ReviewJob } from "../service/ports.ts";

/** The later job of a key with what those that it replaces still had to do: somebody's answer, somebody's waiting. */
export function replaceJobs(replaced: readonly ReviewJob[], later: ReviewJob): ReviewJob {
  const { background, ...job } = later;
  const isAwaited = background !== true || replaced.some((earlier) => earlier.background !== true);
  return {
    ...job,
    ...(isAwaited ? {} : { background: true }),
    ...(replaced.some(({ conversation }) => conversation === true) ? { conversation: true } : {}),
  };
}
