import type { Clock, Every } from "../service/ports.ts";
import type { Store } from "../service/store.ts";
import { createAnswers } from "./answers.ts";
import { createArrivals } from "./arrivals.ts";
import { createDeliveryLog } from "./delivery-log.ts";
import { createDuties } from "./duties.ts";
import { createHeads } from "./heads.ts";
import { createHistory } from "./history.ts";
import type { QueryBuilder } from "./query-builder.ts";

export interface StoreOptions {
  readonly clock: Pick<Clock, "now">;
  readonly every: Every;
  /** How long reviews, findings and answers are kept after they were last seen. */
  readonly retentionDays: number;
  readonly onTrouble: (error: unknown) => void;
}

export interface OpenStore extends Store {
  /** Writes what is still to be written. */
  close(): Promise<void>;
}

export function createStore(queries: QueryBuilder, options: StoreOptions): OpenStore {
  const { close, ...log } = createDeliveryLog(queries, options);
  return {
    ...createDuties(queries, options),
    ...createArrivals(queries, options),
    ...createHeads(queries, options),
    ...createHistory(queries, options),
    ...createAnswers(queries, options),
    ...log,
    close,
  };
}
