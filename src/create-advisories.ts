import { createOsvClient, OSV_URL } from "./advisories/osv-client.ts";
import { createOsvFolder } from "./advisories/osv-folder.ts";
import type { Advisories, Clock } from "./service/ports.ts";

/** `online`, the address of another server with OSV's interface, or a folder of its records. */
export function createAdvisories(from: string, clock: Pick<Clock, "now">): Advisories {
  if (from === "online") return createOsvClient({ url: OSV_URL, clock });
  return /^https?:\/\//.test(from) ? createOsvClient({ url: from.replace(/\/+$/, ""), clock }) : createOsvFolder(from);
}
