import { randomUUID } from "node:crypto";
import type { Duties } from "../service/store.ts";
import type { StoreOptions } from "./create-store.ts";
import type { QueryBuilder } from "./query-builder.ts";

/**
 * Leases are long and by the clocks of the processes, which may differ by seconds. One that ends much later than one that begins now was
 * given by a clock that was ahead: it is free.
 */
export function createDuties(queries: QueryBuilder, { clock }: Pick<StoreOptions, "clock">): Duties {
  const holder = randomUUID();
  return {
    async claim(name, milliseconds) {
      const now = clock.now().getTime();
      const held_until = now + milliseconds;
      const claimed = await queries
        .insertInto("duty")
        .values({ name, holder, held_until })
        .onConflict((conflict) =>
          conflict
            .column("name")
            .doUpdateSet({ holder, held_until })
            .where((is) =>
              is.or([
                is("duty.holder", "=", holder),
                is("duty.held_until", "<=", now),
                is("duty.held_until", ">", now + 2 * milliseconds),
              ]),
            ),
        )
        .returning("holder")
        .executeTakeFirst();
      return claimed !== undefined;
    },
  };
}
