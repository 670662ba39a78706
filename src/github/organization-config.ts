import { CONFIG_PATH, ORGANIZATION_REPOSITORY } from "../config/config-files.ts";
import { MAX_CONFIG_LENGTH } from "../config/parse.ts";
import { CodeHostError } from "../service/code-host-error.ts";
import type { Clock, FileRequest, FileText, Log, OrganizationFiles, RepositoryRef } from "../service/ports.ts";
import { ownFolders, readOwnFiles } from "../service/read-own-files.ts";
import type { Clients } from "./clients.ts";
import { withFaults } from "./map-error.ts";
import { readFiles } from "./read-files.ts";

/** How long a text is taken for current. */
const FRESH_MS = 5 * 60_000;
/** Installations whose text is kept. */
const MOST_KEPT = 5_000;

interface Parts {
  readonly clients: Pick<Clients, "forReading">;
  readonly clock: Clock;
  readonly log: Log;
}

interface Kept {
  readonly files: OrganizationFiles;
  readonly readAt: number;
}

/**
 * What the organization says at the default branch of its `.github` repository. While GitHub does not answer, the last
 * text that was read stays in force; where none was, the review has to wait: silence is no policy.
 */
export function createOrganizationConfig({ clients, clock, log }: Parts) {
  const kept = new Map<number, Kept>();
  const underWay = new Map<number, Promise<OrganizationFiles>>();

  /** Reviews that begin while the text is being read wait for the same answer. */
  return (ref: RepositoryRef): Promise<OrganizationFiles> => {
    const { installationId } = ref;
    const known = kept.get(installationId);
    const now = clock.now().getTime();
    if (known !== undefined && now - known.readAt < FRESH_MS) return Promise.resolve(known.files);
    const reading = underWay.get(installationId) ?? renew(ref, known, now);
    underWay.set(installationId, reading);
    return reading.finally(() => underWay.delete(installationId));
  };

  async function renew(ref: RepositoryRef, known: Kept | undefined, now: number): Promise<OrganizationFiles> {
    const { installationId } = ref;
    try {
      const files = await withFaults(
        () => clock.now(),
        () => read({ clients, clock, log }, ref),
      );
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? installationId);
      kept.set(installationId, { files, readAt: now });
      return files;
    } catch (error) {
      if (known === undefined) throw error;
      log.warn(
        { err: error, installation: installationId },
        "the organization's configuration could not be read again",
      );
      return known.files;
    }
  }
}

async function read({ clients, clock }: Parts, { installationId, owner }: RepositoryRef): Promise<OrganizationFiles> {
  const client = await clients.forReading(installationId, ORGANIZATION_REPOSITORY);
  if (client === undefined) return NOTHING;
  const place = { owner, repo: ORGANIZATION_REPOSITORY };
  const readAll = (files: readonly FileRequest[]) => readFiles({ ...client, clock }, place, files);
  const [config, ...listings] = await readAll([{ path: CONFIG_PATH, revision: "HEAD" }, ...ownFolders("HEAD")]);
  // Without an answer there is no policy: better late than by another one.
  if ([config, ...listings].some(isMissed)) throw new CodeHostError({ kind: "unavailable" });
  return { text: textOf(config), own: await readOwnFiles(readAll, "HEAD", listings) };
}

const NOTHING: OrganizationFiles = { text: undefined, own: [] };

function isMissed(text: FileText | undefined): boolean {
  return text?.kind === "unreadable" && text.reason === "not-fetched";
}

function textOf(config: FileText | undefined): string | undefined {
  if (config?.kind === "text") return config.text;
  // What is too long to be read is refused by its length, whatever it says.
  return config?.kind === "unreadable" ? " ".repeat(MAX_CONFIG_LENGTH + 1) : undefined;
}
