/** An answer that says no: its status tells whether that is an answer, too. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly status: number;

  constructor(status: number) {
    super(`answered ${status}`);
    this.status = status;
  }
}

/** Far above the largest answer there is: metadata of a package with thousands of releases has 4 MB. */
const MOST_BYTES = 32 * 1024 * 1024;

export interface AskOptions {
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Sent as JSON with POST; without it GET. */
  readonly body?: object;
}

/** The JSON that an address answers with. Throws a `RefusedError` for any status but 2xx, and for what takes too long or is too large. */
export async function askJson(url: string, { signal, body }: AskOptions): Promise<unknown> {
  const sent = body && {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  };
  const response = await fetch(url, { ...sent, signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw new RefusedError(response.status);
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > MOST_BYTES) throw new Error(`the answer has more than ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  return JSON.parse(Buffer.concat(pieces).toString("utf8"));
}

/** Runs for each item, at most `atOnce` at a time; the results in the order of the items. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await run(items[at] as Item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
