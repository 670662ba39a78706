import { randomUUID } from "node:crypto";
import { completeUnverified } from "./complete-unverified.ts";
import type { JobQueue } from "./job-queue.ts";
import type { Clock, CodeHost, HeadCheck, Installations, Log, OpenPullRequest, PullRequestRef } from "./ports.ts";

export interface RestoreParts {
  readonly queue: Pick<JobQueue, "enqueue" | "busySince">;
  readonly installations: Pick<Installations, "headCheck">;
  readonly hostFor: (ref: PullRequestRef) => Promise<CodeHost>;
  /** Gives the head of a pull request its check at once, and says nothing. */
  readonly checkQuietly: (ref: PullRequestRef) => Promise<void>;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** A delivery may be on its way for so long after what it tells of. */
const ON_ITS_WAY_MS = 2 * 60_000;
/** A required check that is open for longer blocks people's work: better a conclusion that says why. */
const STUCK_MS = 30 * 60_000;
/** Reviews of one head that recovery asks for, until it says that the head could not be verified. */
const MOST_TRIES = 3;
/** Open pull requests whose completed check is remembered, so that it is not asked for at every look. */
const MOST_KNOWN = 100_000;

/**
 * Looks whether the head of an open pull request has the check that it should have. Where it is missing or was left in progress the
 * review is asked for; what was opened before `since` is checked quietly. What is stuck is completed as not verified.
 */
export function createRestore(parts: RestoreParts) {
  const { queue, installations, clock, log } = parts;
  const completed = new Map<string, string>();
  const tries = new Map<string, number>();

  return async (pull: OpenPullRequest, since: Date): Promise<void> => {
    const { ref, headSha, openedAt, updatedAt } = pull;
    const key = `${ref.repositoryId}:${ref.number}`;
    if (completed.get(key) === headSha) return;
    const now = clock.now().getTime();
    const busySince = await queue.busySince(key);
    if (busySince !== undefined && now - busySince.getTime() < STUCK_MS) return;
    const check = await installations.headCheck(ref, headSha);
    if (check.kind === "completed") return remember(key, headSha);
    const fields = {
      installation: ref.installationId,
      repository: `${ref.owner}/${ref.repo}`,
      pullRequest: ref.number,
    };
    if (busySince !== undefined || isStuck(check, now) || (tries.get(headSha) ?? 0) >= MOST_TRIES) {
      log.warn({ ...fields, check: check.kind }, "a check was stuck");
      await completeUnverified(await parts.hostFor(ref), ref, parts.version);
    }
    if (busySince !== undefined || (tries.get(headSha) ?? 0) >= MOST_TRIES) return;
    if (new Date(openedAt) < since) return parts.checkQuietly(ref);
    if (now - Date.parse(updatedAt) < ON_ITS_WAY_MS) return;
    // What was asked for again may have arrived meanwhile.
    if ((await queue.busySince(key)) !== undefined) return;
    tries.set(headSha, (tries.get(headSha) ?? 0) + 1);
    log.info(fields, "a missing review is made up for");
    const deliveryId = `recovery-${randomUUID()}`;
    await queue.enqueue({ key, deliveryId, pullRequest: ref, headSha, ...(pull.byBot ? { background: true } : {}) });
  };

  function remember(key: string, headSha: string): void {
    if (completed.size >= MOST_KNOWN) completed.delete(completed.keys().next().value ?? key);
    completed.set(key, headSha);
    tries.delete(headSha);
  }
}

function isStuck(check: HeadCheck, now: number): boolean {
  return check.kind === "open" && now - check.since.getTime() >= STUCK_MS;
}
