import type { ReviewJob } from "../service/job-queue.ts";

/** The later job of a key with what those that it replaces still had to do: somebody's answer, somebody's waiting. */
export function replaceJobs(replaced: readonly ReviewJob[], later: ReviewJob): ReviewJob {
  const { background, ...job } = later;
  const isAwaited = background !== true || replaced.some((earlier) => earlier.background !== true);
  return {
    ...job,
    ...(isAwaited ? {} : { background: true }),
    ...(replaced.some(({ conversation }) => conversation === true) ? { conversation: true } : {}),
    ...abandonedBy(...replaced, later),
  };
}

/** A job that does not end now: whichever does its work next finishes the check of this one's head, too. */
export function cutShort(job: ReviewJob): ReviewJob {
  const { headSha, abandonedHeads = [] } = job;
  return { ...job, ...abandonedBy({ abandonedHeads: headSha === undefined ? [] : [headSha] }, { abandonedHeads }) };
}

/** A storm of pushes must not make rows that grow without end. */
const MOST_ABANDONED = 20;

function abandonedBy(...jobs: readonly Pick<ReviewJob, "abandonedHeads">[]): Pick<ReviewJob, "abandonedHeads"> {
  const heads = [...new Set(jobs.flatMap(({ abandonedHeads = [] }) => abandonedHeads))];
  return heads.length === 0 ? {} : { abandonedHeads: heads.slice(0, MOST_ABANDONED) };
}
