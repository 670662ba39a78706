import type { Revision } from "../review/review-plan.ts";
import { type ReadFile, requestsFor } from "./file-sides.ts";
import type { ChangedFile } from "./ports.ts";
import type { ReadTogether } from "./read-together.ts";

/** Bounds the memory that a large change takes, and the work that goes on after a newer push. */
const FILES_AT_ONCE = 50;

/** The contents of the changed files, batch by batch; the first is asked for at once, each other one when it is wanted. */
export function readInBatches(
  read: ReadTogether,
  revision: Revision,
  files: readonly ChangedFile[],
  signal: AbortSignal,
): AsyncIterable<readonly ReadFile[]> {
  const first = readSides(read, revision, files.slice(0, FILES_AT_ONCE));
  // Who takes no batch at all has ended for a reason of its own.
  first.catch(() => {});
  return (async function* () {
    yield await first;
    for (let next = FILES_AT_ONCE; next < files.length; next += FILES_AT_ONCE) {
      signal.throwIfAborted();
      yield await readSides(read, revision, files.slice(next, next + FILES_AT_ONCE));
    }
  })();
}

async function readSides(
  read: ReadTogether,
  revision: Revision,
  files: readonly ChangedFile[],
): Promise<readonly ReadFile[]> {
  const requests = files.map((file) => requestsFor(file, revision));
  const texts = await read(requests.flatMap(({ base, head }) => [base, head].filter((one) => one !== undefined)));
  let next = 0;
  return files.map((file, index) => {
    const base = requests[index]?.base && texts[next++];
    const head = requests[index]?.head && texts[next++];
    return { file, ...(base ? { base } : {}), ...(head ? { head } : {}) };
  });
}
