import type { z } from "zod";
import type { PackageAnswer, PackageFacts, PackageSource } from "../manifests/package-facts.ts";
import type { PackageRegistry, WantedPackage } from "../service/new-packages.ts";
import type { Clock } from "../service/ports.ts";
import type { Answers } from "../service/store.ts";
import { AnswerCache } from "./answer-cache.ts";
import { askJson, inTurns, RefusedError } from "./ask-json.ts";
import {
  bringsOf,
  dependenciesRecord,
  judged,
  licenceOf,
  projectOf,
  projectRecord,
  versionRecord,
} from "./deps-dev-record.ts";
import { keptFacts } from "./kept-facts.ts";
import { factsOfPypi, pypiRecord } from "./pypi-record.ts";

export const PYPI_URL = "https://pypi.org";
export const DEPS_DEV_URL = "https://api.deps.dev";

/** One answer, and all of a review: whoever waits for the check does not wait longer for what is nice to know. */
const REQUEST_MS = 2_000;
const ALL_MS = 5_000;
const AT_ONCE = 8;

/** What is asked for changes with releases and with the week: a day old is new enough. */
const FOR_MS = 24 * 60 * 60_000;
const MOST_PACKAGES = 2_000;

interface PackageParts {
  /** No slash at the end. */
  readonly pypiUrl: string;
  readonly depsDevUrl: string;
  readonly clock: Pick<Clock, "now">;
  /** Where answers are kept for other processes, too. */
  readonly store?: Answers | undefined;
  /** How long one answer is waited for: two seconds. */
  readonly requestMs?: number;
}

/** Asks PyPI for the package and deps.dev for its release, its dependencies and its repository. */
export function createPackageClient({
  pypiUrl,
  depsDevUrl,
  clock,
  store,
  requestMs = REQUEST_MS,
}: PackageParts): PackageRegistry {
  const facts = new AnswerCache({
    name: "package",
    schema: keptFacts,
    most: MOST_PACKAGES,
    forMs: FOR_MS,
    now: () => clock.now().getTime(),
    store,
  });

  /** Undefined where deps.dev knows nothing, or does not answer as expected: it adds to what is known, and is done without. */
  async function askDepsDev<Record>(
    path: string,
    schema: z.ZodType<Record>,
    request: Request,
  ): Promise<Record | undefined> {
    try {
      return schema.parse(await askJson(`${depsDevUrl}/v3/${path}`, { signal: within(request) }));
    } catch (error) {
      if (!isUnknown(error)) request.isWhole = false;
      return undefined;
    }
  }

  function within({ all }: Request): AbortSignal {
    return AbortSignal.any([all, AbortSignal.timeout(requestMs)]);
  }

  async function factsOf({ name, version }: WantedPackage, request: Request): Promise<PackageFacts> {
    const url = `${pypiUrl}/pypi/${encodeURIComponent(name)}/json`;
    const { address, ...own } = factsOfPypi(pypiRecord.parse(await askJson(url, { signal: within(request) })), version);
    const release = `systems/pypi/packages/${encodeURIComponent(name)}/versions/${encodeURIComponent(own.version)}`;
    const [known, dependencies] = await Promise.all([
      askDepsDev(release, versionRecord, request),
      askDepsDev(`${release}:dependencies`, dependenciesRecord, request),
    ]);
    const licence = (known && licenceOf(known)) ?? own.licence;
    const brings = dependencies && bringsOf(dependencies);
    const source = (known && projectOf(known)) ?? (address === undefined ? undefined : { address, isAttested: false });
    return {
      ...own,
      ...(licence !== undefined && { licence }),
      ...(brings !== undefined && { brings }),
      ...(source !== undefined && { source: await sourceOf(source, request) }),
    };
  }

  async function sourceOf(source: PackageSource, request: Request): Promise<PackageSource> {
    const project = await askDepsDev(`projects/${encodeURIComponent(source.address)}`, projectRecord, request);
    return project === undefined ? source : judged(source, project);
  }

  async function describe(wanted: WantedPackage, all: AbortSignal): Promise<PackageAnswer> {
    const key = keyOf(wanted);
    const kept = facts.get(key);
    if (kept !== undefined) return { kind: "known", facts: kept };
    const request: Request = { all, isWhole: true };
    try {
      const found = await factsOf(wanted, request);
      if (request.isWhole) facts.set(key, found);
      return { kind: "known", facts: found };
    } catch (error) {
      // A name that is free may be taken a minute later: that is not kept.
      return { kind: isUnknown(error) ? "absent" : "unanswered" };
    }
  }

  return {
    async describe(packages) {
      const all = AbortSignal.timeout(ALL_MS);
      await facts.load(packages.map(keyOf));
      const answers = await inTurns(packages, AT_ONCE, (wanted) => describe(wanted, all));
      await facts.save();
      return answers;
    },
  };
}

/** One package's answers. */
interface Request {
  /** Ends the wait for all of them. */
  readonly all: AbortSignal;
  /** Whether everybody has answered: what has gaps is not kept. */
  isWhole: boolean;
}

function keyOf({ name, version = "" }: WantedPackage): string {
  return `${name}==${version}`;
}

function isUnknown(error: unknown): boolean {
  return error instanceof RefusedError && error.status === 404;
}
