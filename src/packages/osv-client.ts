import { z } from "zod";
import { keyOfRelease, type PackageAdvisories, type PackageVersion } from "../manifests/advisory.ts";
import type { Advisories, Clock } from "../service/ports.ts";
import type { Answers } from "../service/store.ts";
import { AnswerCache } from "./answer-cache.ts";
import { askJson, inTurns } from "./ask-json.ts";
import { flawsOf } from "./flaws-of.ts";
import { osvRecord } from "./osv-record.ts";

export const OSV_URL = "https://api.osv.dev";

/** OSV's own limit. */
const MOST_QUERIES = 1_000;

/** Nobody waits longer for one answer; a review goes on without. */
const REQUEST_MS = 1_000;

/** Records are asked for one by one: a lock file with very old packages has hundreds. */
const ALL_MS = 5_000;
const AT_ONCE = 10;

/** An hour old is new enough for a review, and records hardly ever change. */
const IDS_FOR_MS = 60 * 60_000;
const RECORDS_FOR_MS = 6 * 60 * 60_000;
const MOST_RELEASES = 20_000;
const MOST_RECORDS = 2_000;

interface OsvParts {
  /** No slash at the end. */
  readonly url: string;
  readonly clock: Pick<Clock, "now">;
  /** Where answers are kept for other processes, too. */
  readonly store?: Answers | undefined;
  /** How long an answer is waited for: a second. */
  readonly requestMs?: number;
}

const idList = z.array(z.string());

const batchAnswer = z.object({
  results: z.array(
    z.object({ vulns: z.array(z.object({ id: z.string() })).default([]), next_page_token: z.string().optional() }),
  ),
});

/** Asks OSV: one batch for the releases of a review, then each record that nobody has asked for lately. */
export function createOsvClient({ url, clock, store, requestMs = REQUEST_MS }: OsvParts): Advisories {
  const now = () => clock.now().getTime();
  const kept = { now, store };
  const ids = new AnswerCache({ ...kept, name: "osv-ids", schema: idList, most: MOST_RELEASES, forMs: IDS_FOR_MS });
  const records = new AnswerCache({
    ...kept,
    name: "osv-record",
    schema: osvRecord,
    most: MOST_RECORDS,
    forMs: RECORDS_FOR_MS,
  });

  async function ask(path: string, all: AbortSignal, body?: object): Promise<unknown> {
    const signal = AbortSignal.any([all, AbortSignal.timeout(requestMs)]);
    return askJson(`${url}${path}`, { signal, ...(body && { body }) });
  }

  /** Remembers the ids for each release; a release whose list goes on over several pages is asked for again. */
  async function askBatch(releases: readonly PackageVersion[], all: AbortSignal): Promise<void> {
    let left = releases.map((release) => ({
      release,
      known: [] as readonly string[],
      token: undefined as string | undefined,
    }));
    while (left.length > 0) {
      const queries = left.map(({ release: { name, version }, token }) => ({
        package: { ecosystem: "PyPI", name },
        version,
        ...(token !== undefined && { page_token: token }),
      }));
      const { results } = batchAnswer.parse(await ask("/v1/querybatch", all, { queries }));
      if (results.length !== left.length) throw new Error("OSV answered another number of results");
      left = left.flatMap(({ release, known }, index) => {
        const { vulns = [], next_page_token: token } = results[index] ?? {};
        const found = [...known, ...vulns.map(({ id }) => id)];
        if (token !== undefined) return [{ release, known: found, token }];
        ids.set(keyOfRelease(release), found);
        return [];
      });
    }
  }

  async function askRecord(id: string, all: AbortSignal): Promise<void> {
    records.set(id, osvRecord.parse(await ask(`/v1/vulns/${encodeURIComponent(id)}`, all)));
  }

  return {
    async lookUp(releases) {
      const all = AbortSignal.timeout(ALL_MS);
      const once = [...new Map(releases.map((release) => [keyOfRelease(release), release])).values()];
      await ids.load(once.map(keyOfRelease));
      const unknown = once.filter((release) => ids.get(keyOfRelease(release)) === undefined);
      const batches = chunks(unknown, MOST_QUERIES);
      await Promise.allSettled(batches.map((batch) => askBatch(batch, all)));
      const named = new Set(once.flatMap((release) => ids.get(keyOfRelease(release)) ?? []));
      await records.load([...named]);
      const missing = [...named].filter((id) => records.get(id) === undefined);
      await inTurns(missing, AT_ONCE, (id) => askRecord(id, all).catch(() => undefined));
      await Promise.all([ids.save(), records.save()]);
      const known: PackageAdvisories[] = [];
      const unchecked: PackageVersion[] = [];
      for (const release of once) {
        const about = ids.get(keyOfRelease(release))?.map((id) => records.get(id));
        const flaws = flawsOf(release, about?.filter((record) => record !== undefined) ?? []);
        if (flaws !== undefined) known.push(flaws);
        if (about === undefined || about.includes(undefined)) unchecked.push(release);
      }
      return { known, unchecked };
    },
  };
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}
