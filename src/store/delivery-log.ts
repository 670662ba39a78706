import type { DeliveryLog, ReceivedDelivery } from "../service/store.ts";
import type { OpenStore, StoreOptions } from "./create-store.ts";
import type { QueryBuilder } from "./query-builder.ts";

const FLUSH_MS = 1_000;
const MOST_AT_A_TIME = 1_000;
/** Beyond that the newest are not remembered: the queue knows those that asked for work. */
const MOST_WAITING = 50_000;

interface Waiting extends ReceivedDelivery {
  readonly received_at: number;
}

/** One write a second, however many deliveries: nobody's answer waits for it. */
export function createDeliveryLog(
  queries: QueryBuilder,
  { clock, every, onTrouble }: StoreOptions,
): DeliveryLog & Pick<OpenStore, "close"> {
  let waiting: Waiting[] = [];
  let flushing = Promise.resolve();

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_A_TIME);
      await queries
        .insertInto("delivery")
        .values(batch)
        .onConflict((conflict) => conflict.column("id").doNothing())
        .execute();
      waiting = waiting.slice(batch.length);
    }
  }

  function flushNext(): Promise<void> {
    flushing = flushing.then(flush).catch(onTrouble);
    return flushing;
  }

  const stop = every(FLUSH_MS, () => void flushNext());
  return {
    received(delivery) {
      if (waiting.length < MOST_WAITING) waiting.push({ ...delivery, received_at: clock.now().getTime() });
    },
    async knownDeliveries(ids) {
      await flushNext();
      const known = new Set<string>();
      for (let at = 0; at < ids.length; at += MOST_AT_A_TIME) {
        const some = ids.slice(at, at + MOST_AT_A_TIME);
        const rows = await queries.selectFrom("delivery").select("id").where("id", "in", some).execute();
        for (const { id } of rows) known.add(id);
      }
      return known;
    },
    async close() {
      stop();
      await flushNext();
    },
  };
}
