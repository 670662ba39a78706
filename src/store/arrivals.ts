import { randomUUID } from "node:crypto";
import type { RepositoryRef } from "../service/ports.ts";
import type { Arrivals } from "../service/store.ts";
import type { StoreOptions } from "./create-store.ts";
import type { QueryBuilder } from "./query-builder.ts";

export function createArrivals(queries: QueryBuilder, { clock }: Pick<StoreOptions, "clock">): Arrivals {
  const now = () => clock.now().getTime();
  return {
    async arrived({ installationId, repositories }) {
      const arrived_at = now();
      await queries
        .insertInto("installation")
        .values({ id: installationId, arrived_at, gone_at: null })
        .onConflict((conflict) => conflict.column("id").doUpdateSet({ gone_at: null }))
        .execute();
      const named = repositories === undefined ? null : JSON.stringify(repositories);
      await queries
        .insertInto("arrival")
        .values({ id: randomUUID(), installation: installationId, repositories: named, arrived_at })
        .execute();
    },
    async arrivals() {
      const rows = await queries.selectFrom("arrival").selectAll().orderBy("arrived_at").orderBy("id").execute();
      return rows.map(({ id, installation: installationId, repositories }) => ({
        id,
        installationId,
        ...(repositories === null ? {} : { repositories: readRepositories(repositories) }),
      }));
    },
    async lookedThrough(id) {
      await queries.deleteFrom("arrival").where("id", "=", id).execute();
    },
    async gone(installationId, repositoryIds) {
      if (repositoryIds === undefined) {
        await queries.deleteFrom("arrival").where("installation", "=", installationId).execute();
        await queries.updateTable("installation").set({ gone_at: now() }).where("id", "=", installationId).execute();
        return;
      }
      const gone = new Set(repositoryIds);
      const rows = await queries.selectFrom("arrival").selectAll().where("installation", "=", installationId).execute();
      for (const { id, repositories } of rows) {
        if (repositories === null) continue;
        const left = readRepositories(repositories).filter(({ repositoryId }) => !gone.has(repositoryId));
        if (left.length === 0) await queries.deleteFrom("arrival").where("id", "=", id).execute();
        else {
          const named = JSON.stringify(left);
          await queries.updateTable("arrival").set({ repositories: named }).where("id", "=", id).execute();
        }
      }
    },
  };
}

/** Written by this file alone. */
function readRepositories(text: string): readonly RepositoryRef[] {
  return JSON.parse(text) as readonly RepositoryRef[];
}
