import { createOsvClient, OSV_URL } from "./packages/osv-client.ts";
import { createOsvFolder } from "./packages/osv-folder.ts";
import { createPackageClient, DEPS_DEV_URL, PYPI_URL } from "./packages/package-client.ts";
import type { PackageRegistry } from "./service/new-packages.ts";
import type { Advisories, Clock } from "./service/ports.ts";

/** `online`, the address of another server with OSV's interface, or a folder of its records. */
export function createAdvisories(from: string, clock: Pick<Clock, "now">): Advisories {
  if (from === "online") return createOsvClient({ url: OSV_URL, clock });
  return /^https?:\/\//.test(from) ? createOsvClient({ url: from.replace(/\/+$/, ""), clock }) : createOsvFolder(from);
}

/** PyPI and deps.dev. */
export function createPackageRegistry(clock: Pick<Clock, "now">): PackageRegistry {
  return createPackageClient({ pypiUrl: PYPI_URL, depsDevUrl: DEPS_DEV_URL, clock });
}
