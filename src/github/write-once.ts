import type { Connection } from "./connection.ts";
import { faultOf } from "./map-error.ts";

const MOST_TRIES = 3;
const PAUSE_MS = 5_000;

/**
 * A write that GitHub answers with an error of its own may have been saved all the same: before it is sent again, and
 * before it is given up, `wasSaved` looks. What GitHub refuses is not sent again.
 */
export async function writeOnce(
  { clock }: Connection,
  write: () => Promise<unknown>,
  wasSaved: () => Promise<boolean>,
): Promise<"saved" | "refused"> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write();
      return "saved";
    } catch (error) {
      const fault = faultOf(error, clock.now());
      if (fault?.kind === "refused") return "refused";
      if (fault?.kind !== "unavailable") throw error;
      await clock.sleep(PAUSE_MS * attempt);
      if (await wasSaved()) return "saved";
      if (attempt === MOST_TRIES) throw error;
    }
  }
}
