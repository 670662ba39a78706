import type { Heads } from "../service/store.ts";
import type { StoreOptions } from "./create-store.ts";
import type { QueryBuilder } from "./query-builder.ts";

export function createHeads(queries: QueryBuilder, { clock }: Pick<StoreOptions, "clock">): Heads {
  return {
    async reviewing({ repositoryId: repository, number }, head) {
      const seen_at = clock.now().getTime();
      await queries
        .insertInto("head")
        .values({ repository, head, number, seen_at })
        .onConflict((conflict) => conflict.columns(["repository", "head", "number"]).doUpdateSet({ seen_at }))
        .execute();
    },
    async alsoHeadOf({ repositoryId: repository, number }, head) {
      const rows = await queries
        .selectFrom("head")
        .select("number")
        .where((is) => is.and({ repository, head }))
        .where("number", "!=", number)
        .orderBy("number")
        .execute();
      return rows.map((row) => row.number);
    },
  };
}
