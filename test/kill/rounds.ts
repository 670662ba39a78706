import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { QueuePlace } from "../../src/settings.ts";
import { type ForkedService, forkService, type Program } from "../github/forked-service.ts";
import { expectContract } from "../github/stand-in/expect-contract.ts";
import type { PullRequestEvent } from "../github/stand-in/payloads.ts";
import type { PullRequest } from "../github/stand-in/pull-state.ts";
import { type StandIn, startStandIn } from "../github/stand-in/stand-in.ts";

/** What a kill must never leave behind, one sentence a case. */
export interface KillReport {
  readonly kills: number;
  readonly reviewedHeads: number;
  readonly problems: readonly string[];
}

/** More than the requests of the reviews of one round: some kills meet a server that has nothing to do. */
const MOST_REQUESTS_BEFORE_KILL = 30;
const PULLS_A_ROUND = 2;
const DRAIN_MS = 600_000;
/** Heads that wait for their check when a round begins. */
const MOST_WAITING = 4;

/**
 * The service, its queue on disk or in PostgreSQL, is killed again and again while deliveries arrive and reviews run: after a number of requests at
 * the stand-in that the seed says. What was not acknowledged is delivered again; in the end all is drained and looked through.
 */
export async function killRounds(
  rounds: number,
  seed: number,
  databaseUrl?: string,
  onRound: (round: number) => void = () => undefined,
  program: Program = "sources",
): Promise<KillReport> {
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(tmpdir(), "safepath-kill-"));
  const queue: QueuePlace =
    databaseUrl === undefined
      ? { kind: "file", path: join(folder, "queue.db") }
      : { kind: "postgres", url: databaseUrl };
  const github = await startStandIn();
  // The rounds of one run ask for more than GitHub gives an installation in an hour, and no hour passes here.
  github.rateLimit.limit = Number.POSITIVE_INFINITY;
  const pulls: PullRequest[] = [];
  let refused: Announcement[] = [];
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const server = await startService(github, queue, program);
      await untilFewWait(github, pulls);
      onRound(round);
      const news = [...refused, ...(await pushSomewhere(github, pulls, random)), ...(await openSome(github, round))];
      pulls.push(...news.filter(({ event }) => event.action === "opened").map(({ pull }) => pull));
      const until = github.requests.length + Math.floor(random() * MOST_REQUESTS_BEFORE_KILL);
      const sent = Promise.all(news.map((announcement) => deliver(github, announcement)));
      await killAt(github, server, until, sent);
      refused = (await sent).filter((announcement) => announcement !== undefined);
    }
    const server = await startService(github, queue, program);
    for (const announcement of refused) await deliver(github, announcement);
    const problems = await drained(github, pulls);
    await server.kill();
    expectContract(github);
    return { kills: rounds, reviewedHeads: heads(pulls), problems };
  } finally {
    await github.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A backlog that only grows would test the backlog. */
async function untilFewWait(github: StandIn, pulls: readonly PullRequest[]): Promise<void> {
  const isWaiting = (pull: PullRequest) => github.checkRun(pull)?.status !== "completed";
  await github.until(() => pulls.filter(isWaiting).length <= MOST_WAITING, DRAIN_MS);
}

interface Announcement {
  readonly pull: PullRequest;
  readonly event: PullRequestEvent;
  readonly id: string;
}

async function openSome(github: StandIn, round: number): Promise<readonly Announcement[]> {
  const news: Announcement[] = [];
  for (let index = 1; index <= PULLS_A_ROUND; index += 1) {
    const name = `shop-${round}-${index}`;
    const repository = await github.createRepository({ owner: "acme", name, files: { "README.md": "# Shop\n" } });
    const from = await repository.resolve(repository.defaultBranch);
    await repository.commit("feature", { "a.py": MISTAKE, ...(index > 1 ? MANY_FILES : {}) }, { from });
    const pull = await github.openPullRequest(repository, { head: "feature" });
    news.push({ pull, event: { action: "opened" }, id: name });
  }
  return news;
}

/** The newest head of a pull request that may be under review brings another file with a mistake. */
async function pushSomewhere(github: StandIn, pulls: readonly PullRequest[], random: () => number) {
  const pull = pulls[Math.floor(random() * pulls.length)];
  if (pull === undefined) return [];
  const before = await github.push(pull, { [`b${pull.headSha.slice(0, 7)}.py`]: MISTAKE });
  return [{ pull, event: { action: "synchronize", before } as const, id: pull.headSha }];
}

const MISTAKE = "import yaml\n\n\ndef load(text):\n    return yaml.load(text, Loader=yaml.Loader)\n";

/** So many that the check is shown in progress. */
const MANY_FILES = Object.fromEntries(Array.from({ length: 52 }, (_, at) => [`part_${at}.py`, `part = ${at}\n`]));

/** The announcement when it was not acknowledged. */
async function deliver(github: StandIn, announcement: Announcement): Promise<Announcement | undefined> {
  const { status } = await github.announce(announcement.pull, announcement.event, { id: announcement.id });
  return status === 202 ? undefined : announcement;
}

/** At a request, or when everything was answered and there is nothing more to do. */
async function killAt(github: StandIn, server: ForkedService, requests: number, sent: Promise<unknown>): Promise<void> {
  const enough = github.until(() => github.requests.length >= requests, 2_000).catch(() => undefined);
  if (requests > github.requests.length) await Promise.all([enough, sent]);
  await server.kill();
}

async function drained(github: StandIn, pulls: readonly PullRequest[]): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const pull of pulls) {
    await github.untilChecked(pull, DRAIN_MS).catch(() => problems.push(`${nameOf(pull)} was lost`));
    const said = pull.comments.map(({ path, place, body }) => `${path}:${place?.line}:${body.split("\n", 1)[0]}`);
    if (new Set(said).size < said.length) problems.push(`${nameOf(pull)} has a comment twice`);
    if (said.length === 0) problems.push(`${nameOf(pull)} has no comment`);
    const open = pull.repository.checkRuns.filter(({ status }) => status !== "completed");
    if (open.length > 0) problems.push(`${nameOf(pull)} has a check left in progress`);
    const heads = pull.repository.checkRuns.map(({ headSha }) => headSha);
    if (new Set(heads).size < heads.length) problems.push(`${nameOf(pull)} has two checks on one head`);
  }
  return problems;
}

function nameOf(pull: PullRequest): string {
  return `${pull.repository.fullName}#${pull.number}`;
}

function heads(pulls: readonly PullRequest[]): number {
  return pulls.reduce((sum, { repository }) => sum + new Set(repository.checkRuns.map((run) => run.headSha)).size, 0);
}

async function startService(github: StandIn, queue: QueuePlace, program: Program): Promise<ForkedService> {
  const server = await forkService(github, queue, {}, program);
  github.sendHooksTo(server.hook);
  return server;
}

/** Mulberry32: the same seed, the same moments. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
