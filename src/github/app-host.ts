import type { Octokit } from "@octokit/rest";
import type { AppHost, Clock, FailedDelivery } from "../service/ports.ts";
import type { Clients } from "./clients.ts";
import { PAGE } from "./connection.ts";
import { withFaults } from "./map-error.ts";

/** Pages of failed deliveries that are read at a look: what is older comes with the next. */
const MOST_PAGES = 20;

interface Parts {
  readonly clients: Pick<Clients, "forApp">;
  readonly clock: Clock;
}

/** What GitHub tells the App itself. */
export function createAppHost({ clients, clock }: Parts): AppHost {
  const octokit = clients.forApp();
  const faults = <T>(requests: () => Promise<T>) => withFaults(() => clock.now(), requests);
  return {
    installations: () => faults(() => listInstallations(octokit)),
    failedDeliveries: (since) => faults(() => listFailed(octokit, since)),
    redeliver: (id) =>
      faults(async () => {
        await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: id });
      }),
  };
}

async function listInstallations(octokit: Octokit) {
  const found = await octokit.paginate(octokit.rest.apps.listInstallations, { per_page: PAGE });
  return found
    .filter(({ suspended_at }) => suspended_at === null)
    .map(({ id, created_at }) => ({ installationId: id, since: new Date(created_at) }));
}

/** The newest first, each delivery once. */
async function listFailed(octokit: Octokit, since: Date): Promise<readonly FailedDelivery[]> {
  const failed = new Map<string, FailedDelivery>();
  const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, {
    status: "failure",
    per_page: PAGE,
  });
  let read = 0;
  for await (const { data } of pages) {
    for (const { id, guid, event, delivered_at } of data) {
      const failedAt = new Date(delivered_at);
      if (failedAt < since) return [...failed.values()];
      if (!failed.has(guid)) failed.set(guid, { id, guid, event, failedAt });
    }
    read += 1;
    if (read === MOST_PAGES) break;
  }
  return [...failed.values()];
}
