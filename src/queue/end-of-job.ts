/** How a job ended: `stopped` is not its fault, and it is to be run again. */
export type End = { readonly kind: "done" | "stopped" } | { readonly kind: "failed"; readonly error: unknown };

/** Of a job that was superseded the later one does the work, however it ended. */
export async function endOf(handle: () => Promise<void>, signal: AbortSignal): Promise<End> {
  try {
    await handle();
    return { kind: "done" };
  } catch (error) {
    if (!signal.aborted) return { kind: "failed", error };
    return { kind: signal.reason === "superseded" ? "done" : "stopped" };
  }
}
