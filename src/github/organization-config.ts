import { CONFIG_PATH } from "../config/config-files.ts";
import { MAX_CONFIG_LENGTH } from "../config/parse.ts";
import type { Clock, Log, RepositoryRef } from "../service/ports.ts";
import type { Clients } from "./clients.ts";
import { faultOf, withFaults } from "./map-error.ts";

/** The repository that holds what is meant for all repositories of an organization. */
const ORGANIZATION_REPOSITORY = ".github";

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
  readonly text: string | undefined;
  readonly readAt: number;
}

/**
 * The organization's configuration file, at the default branch of its `.github` repository. While GitHub does not answer, the last
 * text that was read stays in force; where none was, the review has to wait: silence is no policy.
 */
export function createOrganizationConfig({ clients, clock, log }: Parts) {
  const kept = new Map<number, Kept>();
  const underWay = new Map<number, Promise<string | undefined>>();

  /** Reviews that begin while the text is being read wait for the same answer. */
  return (ref: RepositoryRef): Promise<string | undefined> => {
    const { installationId } = ref;
    const known = kept.get(installationId);
    const now = clock.now().getTime();
    if (known !== undefined && now - known.readAt < FRESH_MS) return Promise.resolve(known.text);
    const reading = underWay.get(installationId) ?? renew(ref, known, now);
    underWay.set(installationId, reading);
    return reading.finally(() => underWay.delete(installationId));
  };

  async function renew({ installationId, owner }: RepositoryRef, known: Kept | undefined, now: number) {
    try {
      const text = await withFaults(
        () => clock.now(),
        () => read(clients, installationId, owner),
      );
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? installationId);
      kept.set(installationId, { text, readAt: now });
      return text;
    } catch (error) {
      if (known === undefined) throw error;
      log.warn(
        { err: error, installation: installationId },
        "the organization's configuration could not be read again",
      );
      return known.text;
    }
  }
}

async function read(clients: Parts["clients"], installationId: number, owner: string): Promise<string | undefined> {
  const octokit = await clients.forReading(installationId, ORGANIZATION_REPOSITORY);
  if (octokit === undefined) return undefined;
  try {
    const { data } = await octokit.rest.repos.getContent({ owner, repo: ORGANIZATION_REPOSITORY, path: CONFIG_PATH });
    if (Array.isArray(data) || data.type !== "file") return undefined;
    // GitHub sends no text of more than 1 MB along; a longer one than allowed is refused by its length, whatever it says.
    return data.encoding === "base64" ? Buffer.from(data.content, "base64").toString("utf8") : TOO_LONG;
  } catch (error) {
    if (faultOf(error, new Date(0))?.kind === "gone") return undefined;
    throw error;
  }
}

const TOO_LONG = " ".repeat(MAX_CONFIG_LENGTH + 1);
