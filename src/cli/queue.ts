import { printable } from "../report/printable.ts";
import { type CliContext, type QueueOperations, UsageError } from "./context.ts";
import { EXIT } from "./exit-code.ts";

export function listDead({ json = false }: { readonly json?: boolean }, context: CliContext): Promise<number> {
  return withQueue(context, async (queue) => {
    const letters = await queue.deadLetters();
    for (const { job, attempts, lastError } of letters) {
      const { owner, repo, number } = job.pullRequest;
      const pullRequest = `${owner}/${repo}#${number}`;
      const fields = { delivery: job.deliveryId, pullRequest, attempts, lastError };
      const line = json
        ? JSON.stringify(fields)
        : `${job.deliveryId}  ${pullRequest}  ${attempts} attempts  ${lastError}`;
      context.stdout.write(`${printable(line)}\n`);
    }
    if (letters.length === 0) context.stderr.write("No review was given up.\n");
    return EXIT.clean;
  });
}

/** 2 where one of the deliveries is no dead letter; the others are tried all the same. */
export function replayDead(
  deliveries: readonly string[],
  { all = false }: { readonly all?: boolean },
  context: CliContext,
): Promise<number> {
  if (all === deliveries.length > 0) throw new UsageError("name deliveries, or take --all");
  return withQueue(context, async (queue) => {
    const ids = all ? (await queue.deadLetters()).map(({ job }) => job.deliveryId) : deliveries;
    const unknown: string[] = [];
    for (const id of ids) if (!(await queue.replay(id))) unknown.push(id);
    context.stderr.write(`${ids.length - unknown.length} tried again.\n`);
    for (const id of unknown) context.stderr.write(`safepath: ${printable(id)} is no review that was given up\n`);
    return unknown.length > 0 ? EXIT.usage : EXIT.clean;
  });
}

/** Settings that are not right are wrong use. */
async function withQueue(context: CliContext, run: (queue: QueueOperations) => Promise<number>): Promise<number> {
  const queue = await context.operateQueue().catch((error: unknown) => {
    if (error instanceof Error && NOT_OURS.has(error.name)) throw new UsageError(error.message);
    throw error;
  });
  try {
    return await run(queue);
  } finally {
    await queue.close();
  }
}

/** Errors of the root and of layers beside, by the names that they are given there. */
const NOT_OURS: ReadonlySet<string> = new Set(["SettingsError", "NoDatabaseError", "DatabaseAwayError"]);
