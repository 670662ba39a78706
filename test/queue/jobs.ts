import type { JobQueue, Lease, ReviewJob } from "../../src/service/job-queue.ts";

/** The job of a pull request, of the first installation where none is given. */
export function job(deliveryId: string, number: number, installationId = 1): ReviewJob {
  const pullRequest = { installationId, repositoryId: 2, owner: "acme", repo: "shop", number };
  return { key: `2:${number}`, deliveryId, pullRequest };
}

/** The job of a push, which names its head. */
export function push(deliveryId: string, number: number): ReviewJob {
  return { ...job(deliveryId, number), headSha: `head ${deliveryId}` };
}

/** As `job`, in another repository of the same installation. */
export function otherRepository(deliveryId: string, number: number): ReviewJob {
  const { pullRequest } = job(deliveryId, number);
  return { key: `3:${number}`, deliveryId, pullRequest: { ...pullRequest, repositoryId: 3 } };
}

/** A worker whose jobs end when the test says so. */
export function work(queue: JobQueue, concurrency = 4) {
  const begun: string[] = [];
  const running = new Map<string, { lease: Lease; resolve: () => void; reject: (error: Error) => void }>();
  queue.work(concurrency, (lease) => {
    begun.push(lease.job.deliveryId);
    return new Promise((resolve, reject) => running.set(lease.job.deliveryId, { lease, resolve, reject }));
  });
  const find = (id: string) => {
    const found = running.get(id);
    if (found === undefined) throw new Error(`${id} never began`);
    return found;
  };
  return {
    begun,
    finish: (id: string) => find(id).resolve(),
    fail: (id: string, message = "failed") => find(id).reject(new Error(message)),
    lease: (id: string) => find(id).lease,
  };
}
