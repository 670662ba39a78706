import { afterAll, beforeAll, expect, test } from "vitest";
import { type AppOnLoopback, startApp } from "../github/app-on-loopback.ts";
import type { Fault } from "../github/stand-in/faults.ts";
import { pullRequestPayload } from "../github/stand-in/payloads.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";

/**
 * Many pull requests are pushed to, deliveries come twice, late and in any order, and one call in ten goes wrong. In the end each pull
 * request says what one calm review of its last head says. `STORM=200x5` sets the size, `STORM_SEED` makes another storm.
 */
const [PULLS = 12, PUSHES = 5] = (process.env.STORM ?? "12x5").split("x").map(Number);
const SEED = Number(process.env.STORM_SEED ?? 20_260_101);

const FAULTS: readonly Fault[] = [
  { kind: "502-html" },
  { kind: "502-saved" },
  { kind: "drop" },
  { kind: "drop-saved" },
  { kind: "secondary-limit", retryAfter: 1 },
];
const FAULTY = 0.1;
/** Those of a review, and those that are repeated. */
const REQUESTS_A_DELIVERY = 100;

let app: AppOnLoopback;
beforeAll(async () => {
  app = await startApp();
  // The App's clock runs ahead, for its waits take no time; GitHub's hour does not end meanwhile.
  app.github.rateLimit.limit = REQUESTS_A_DELIVERY * PULLS * (PUSHES + 2);
});
afterAll(() => app.close());

test(`${PULLS} pull requests of ${PUSHES} pushes in a storm (seed ${SEED}) end as if it had been calm`, {
  timeout: 3_600_000,
}, async () => {
  const random = createRandom(SEED);
  const faults = FAULTS.map((fault) =>
    app.github.faults.inject({
      ...fault,
      match: ({ path }) => !path.includes("/access_tokens") && random() < FAULTY / FAULTS.length,
      times: Number.POSITIVE_INFINITY,
    }),
  );
  const stormy = [];
  for (let at = 0; at < PULLS; at += 1) stormy.push(await pushAll(random));
  await deliverAll(stormy, random);
  for (const fault of faults) fault.remove();
  expect(faults.reduce((sum, { met }) => sum + met, 0)).toBeGreaterThan(PULLS);

  for (const { pull, files } of stormy) {
    const calm = await app.openPullRequest({}, files);
    await app.review(calm);
    expect(stateOf(pull), `${pull.repository.fullName}, seed ${SEED}`).toEqual(stateOf(calm));
  }
});

type Files = Readonly<Record<string, string>>;

interface Stormy {
  readonly pull: PullRequest;
  /** At the last head. */
  readonly files: Files;
  /** What GitHub tells of each push, as it was then. */
  readonly payloads: readonly object[];
}

async function pushAll(random: () => number): Promise<Stormy> {
  let files = someFiles(random);
  const pull = await app.openPullRequest({}, files);
  const { world } = app.github;
  const payloads = [await pullRequestPayload(pull, { action: "opened" }, world)];
  for (let push = 0; push < PUSHES; push += 1) {
    files = someFiles(random);
    const before = await app.github.push(pull, files);
    payloads.push(await pullRequestPayload(pull, { action: "synchronize", before }, world));
  }
  return { pull, files, payloads };
}

/** In any order, some of them twice; of each pull request one more comes last, so that its end can be seen. */
async function deliverAll(stormy: readonly Stormy[], random: () => number): Promise<void> {
  const all = stormy.flatMap(({ payloads }) => payloads.map((payload) => ({ payload, id: idFrom(random) })));
  const twice = all.filter(() => random() < 0.2);
  const sent = new Set<string>();
  for (const { payload, id } of shuffled([...all, ...twice], random)) {
    const before = app.github.requests.length;
    const seen = sent.has(id);
    sent.add(id);
    await app.github.deliver("pull_request", payload, { id });
    // Some reviews get on with their work before the next delivery comes: to anywhere between their first request and their end.
    const requests = Math.floor(random() * 12);
    if (!seen && requests > 0)
      await app.github.until(() => app.github.requests.length >= before + Math.min(requests, 4));
    if (!seen && requests > 8) await app.logged(({ delivery, msg }) => delivery === id && msg === "review ended");
  }
  const last = await Promise.all(
    stormy.map(({ payloads }) => app.github.deliver("pull_request", payloads.at(-1), { id: idFrom(random) })),
  );
  const ended = last.map(({ id }) => app.logged(({ delivery, msg }) => delivery === id && msg === "review ended"));
  await Promise.race([Promise.all(ended), oneGivenUp()]);
}

/** Nothing waits for what will not come. */
async function oneGivenUp(): Promise<never> {
  const { delivery, err } = await app.logged(({ msg }) => msg === "a review was given up");
  throw new Error(`the review of ${delivery} was given up: ${JSON.stringify(err)}`);
}

const MISTAKES: Files = {
  "shell.py": 'import subprocess\n\n\ndef run(name):\n    subprocess.run(f"ls {name}", shell=True)\n',
  "load.py": "import yaml\n\n\ndef load(text):\n    return yaml.load(text, Loader=yaml.Loader)\n",
  "digest.py": "import hashlib\n\n\ndef digest(data):\n    return hashlib.md5(data).hexdigest()\n",
};

/** Each file has its mistake or not, somewhere in it. */
function someFiles(random: () => number): Files {
  const files = Object.entries(MISTAKES).map(([path, code]) => {
    const above = "# A line.\n".repeat(1 + Math.floor(random() * 30));
    return [path, above + (random() < 0.5 ? code : "value = 1\n")] as const;
  });
  return Object.fromEntries(files);
}

/** What a reader sees: the check of the head, and the comments whose finding stands. Nothing is there twice. */
function stateOf(pull: PullRequest) {
  const run = app.github.checkRun(pull);
  const said = pull.comments.map(({ path, body }) => ({ path, text: body.split("\n\n").slice(1).join("\n\n") }));
  const standing = said.filter(({ text }) => !text.startsWith("*No longer found"));
  return {
    status: run?.status,
    conclusion: run?.conclusion,
    title: run?.title,
    annotations: run?.annotations.map(({ path, start_line }) => `${path}:${start_line}`).toSorted(),
    comments: standing.map(({ path, text }) => `${path}: ${text.split("\n")[0]}`).toSorted(),
    repeated: said.length - new Set(said.map(({ path }) => path)).size,
  };
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function idFrom(random: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
}

/** Mulberry32: small, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
