import type { History, ReviewRecord } from "../service/store.ts";
import type { StoreOptions } from "./create-store.ts";
import type { QueryBuilder } from "./query-builder.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Longer than GitHub redelivers. */
const DELIVERIES_KEPT_DAYS = 4;
/** Rows in one statement: ten values each stay below what SQLite takes. */
const MOST_AT_A_TIME = 500;

/** Repeating a record changes nothing but its time. */
export function createHistory(
  queries: QueryBuilder,
  { clock, retentionDays }: Pick<StoreOptions, "clock" | "retentionDays">,
): History {
  return {
    async reviewed(review) {
      const now = clock.now().getTime();
      await saveReview(queries, review, now);
      await saveFindings(queries, review, now);
      await saveTriage(queries, review, now);
    },
    async forget() {
      const now = clock.now().getTime();
      const oldest = now - retentionDays * DAY_MS;
      const oldestDelivery = now - DELIVERIES_KEPT_DAYS * DAY_MS;
      await queries.deleteFrom("review").where("ended_at", "<", oldest).execute();
      await queries.deleteFrom("head").where("seen_at", "<", oldest).execute();
      await queries.deleteFrom("finding").where("last_seen_at", "<", oldest).execute();
      await queries.deleteFrom("triage").where("recorded_at", "<", oldest).execute();
      await queries.deleteFrom("installation").where("gone_at", "<", oldest).execute();
      await queries.deleteFrom("answer").where("kept_until", "<=", now).execute();
      await queries.deleteFrom("delivery").where("received_at", "<", oldestDelivery).execute();
    },
  };
}

async function saveReview(queries: QueryBuilder, review: ReviewRecord, ended_at: number): Promise<void> {
  const { deliveryId: delivery, pullRequest, headSha: head, conclusion, version, beganAt, findings } = review;
  const { installationId: installation, repositoryId: repository, number } = pullRequest;
  const outcome = { conclusion, findings: findings.length, version, began_at: beganAt.getTime(), ended_at };
  await queries
    .insertInto("review")
    .values({ delivery, installation, repository, number, head, ...outcome })
    .onConflict((conflict) => conflict.columns(["delivery", "head"]).doUpdateSet(outcome))
    .execute();
}

async function saveFindings(queries: QueryBuilder, review: ReviewRecord, now: number): Promise<void> {
  const { repositoryId: repository, number } = review.pullRequest;
  const seen = { head: review.headSha, last_seen_at: now, gone_at: null };
  const rows = review.findings.map(({ fingerprint, ruleId: rule, level, path }) => ({
    ...{ repository, number, fingerprint, rule, level, path },
    ...{ ...seen, first_seen_at: now },
  }));
  for (let at = 0; at < rows.length; at += MOST_AT_A_TIME) {
    await queries
      .insertInto("finding")
      .values(rows.slice(at, at + MOST_AT_A_TIME))
      .onConflict((conflict) =>
        conflict.columns(["repository", "number", "fingerprint"]).doUpdateSet((columns) => ({
          ...seen,
          level: columns.ref("excluded.level"),
          path: columns.ref("excluded.path"),
        })),
      )
      .execute();
  }
  await queries
    .updateTable("finding")
    .set({ gone_at: now })
    .where((is) => is.and({ repository, number }))
    .where("gone_at", "is", null)
    .where("head", "!=", review.headSha)
    .execute();
}

async function saveTriage(queries: QueryBuilder, review: ReviewRecord, recorded_at: number): Promise<void> {
  const { repositoryId: repository, number } = review.pullRequest;
  const answered = [...review.answers.keys()];
  const before = queries.deleteFrom("triage").where((is) => is.and({ repository, number }));
  await (answered.length === 0 ? before : before.where("fingerprint", "not in", answered)).execute();
  for (const [fingerprint, { verb, by, on, until, agreedBy, waits }] of review.answers) {
    const answer = {
      ...{ verb, given_by: by, given_on: on, until: until ?? null, agreed_by: agreedBy ?? null },
      ...{ is_waiting: waits === true ? 1 : 0, recorded_at },
    };
    await queries
      .insertInto("triage")
      .values({ repository, number, fingerprint, ...answer })
      .onConflict((conflict) => conflict.columns(["repository", "number", "fingerprint"]).doUpdateSet(answer))
      .execute();
  }
}
