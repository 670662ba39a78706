import { createOsvClient, OSV_URL } from "./packages/osv-client.ts";
import { createOsvFolder } from "./packages/osv-folder.ts";
import { createPackageClient, DEPS_DEV_URL, PYPI_URL } from "./packages/package-client.ts";
import type { PackageRegistry } from "./service/new-packages.ts";
import type { Advisories, Clock } from "./service/ports.ts";
import type { Answers } from "./service/store.ts";

interface World {
  readonly clock: Pick<Clock, "now">;
  /** Where answers are kept for other processes, too. */
  readonly store?: Answers;
}

/** `online`, the address of another server with OSV's interface, or a folder of its records. */
export function createAdvisories(from: string, world: World): Advisories {
  if (from === "online") return createOsvClient({ url: OSV_URL, ...world });
  return /^https?:\/\//.test(from)
    ? createOsvClient({ url: from.replace(/\/+$/, ""), ...world })
    : createOsvFolder(from);
}

/** PyPI and deps.dev. */
export function createPackageRegistry(world: World): PackageRegistry {
  return createPackageClient({ pypiUrl: PYPI_URL, depsDevUrl: DEPS_DEV_URL, ...world });
}
