import type { Answers, KeptAnswer } from "../service/store.ts";
import type { StoreOptions } from "./create-store.ts";
import type { QueryBuilder } from "./query-builder.ts";

/** Rows in one statement. */
const MOST_AT_A_TIME = 500;

/** Whoever asks can ask somebody else: trouble with the database is told, and is no error. */
export function createAnswers(
  queries: QueryBuilder,
  { clock, onTrouble }: Pick<StoreOptions, "clock" | "onTrouble">,
): Answers {
  return {
    async answers(keys) {
      const now = clock.now().getTime();
      const found: KeptAnswer[] = [];
      try {
        for (const some of chunks(keys)) {
          const rows = await queries
            .selectFrom("answer")
            .selectAll()
            .where("key", "in", some)
            .where("kept_until", ">", now)
            .execute();
          found.push(...rows.map(({ key, text, kept_until }) => ({ key, text, until: new Date(kept_until) })));
        }
      } catch (error) {
        onTrouble(error);
      }
      return found;
    },
    async keep(answers) {
      try {
        for (const some of chunks(answers)) {
          await queries
            .insertInto("answer")
            .values(some.map(({ key, text, until }) => ({ key, text, kept_until: until.getTime() })))
            .onConflict((conflict) =>
              conflict.column("key").doUpdateSet((columns) => ({
                text: columns.ref("excluded.text"),
                kept_until: columns.ref("excluded.kept_until"),
              })),
            )
            .execute();
        }
      } catch (error) {
        onTrouble(error);
      }
    },
  };
}

function chunks<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / MOST_AT_A_TIME);
  return Array.from({ length: count }, (_, at) => items.slice(at * MOST_AT_A_TIME, (at + 1) * MOST_AT_A_TIME));
}
