import type { RestEndpointMethodTypes } from "@octokit/rest";
import { parsePatch } from "../diff/parse-patch.ts";
import type { Change, ChangedFile, CommitRef, PullRequest, RepositoryRef } from "../service/ports.ts";
import { type Connection, PAGE, pullRequestOf, repositoryOf } from "./connection.ts";
import { faultOf } from "./map-error.ts";

/** GitHub lists no more files of a pull request than this. */
const MOST_FILES = 3_000;

export async function readChange(connection: Connection, pr: PullRequest): Promise<Change | "unrelated"> {
  const [comparison, files] = await Promise.all([
    compareSides(connection, pr).catch((error: unknown) => {
      if (faultOf(error, connection.clock.now())?.kind === "gone") return "unrelated" as const;
      throw error;
    }),
    // Where the repository itself is gone, this says so.
    listFiles(connection, pr),
  ]);
  if (comparison === "unrelated") return comparison;
  return { ...comparison, files, truncated: files.length < pr.changedFiles };
}

/** GitHub compares no more files of two commits than this. */
const MOST_COMPARED = 300;

export async function readChangeBetween(
  { octokit }: Connection,
  ref: RepositoryRef,
  baseSha: string,
  headSha: string,
): Promise<Change> {
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
    ...repositoryOf(ref),
    basehead: `${baseSha}...${headSha}`,
    per_page: 1,
  });
  const files = (data.files ?? []).map(changedFile);
  return { mergeBase: data.merge_base_commit.sha, files, truncated: files.length >= MOST_COMPARED };
}

/** Commits of a change whose authors are looked at: ten requests. */
const MOST_COMMITS = 1_000;

/** The base branch has moved on since the branches parted: what it gained there is no part of the change. */
async function compareSides(
  { octokit }: Connection,
  { ref, baseSha, headSha }: PullRequest,
): Promise<Required<Pick<Change, "mergeBase" | "commits">>> {
  const compare = async (page: number) => {
    const sides = { ...repositoryOf(ref), basehead: `${baseSha}...${headSha}`, per_page: PAGE, page };
    return (await octokit.rest.repos.compareCommitsWithBasehead(sides)).data;
  };
  const first = await compare(1);
  const pages = Math.ceil(Math.min(first.total_commits, MOST_COMMITS) / PAGE);
  const others = await Promise.all(Array.from({ length: Math.max(0, pages - 1) }, (_, index) => compare(index + 2)));
  const commits = [first, ...others].flatMap((page) => page.commits.map(commitRef));
  return { mergeBase: first.merge_base_commit.sha, commits };
}

type Commit = RestEndpointMethodTypes["repos"]["compareCommitsWithBasehead"]["response"]["data"]["commits"][number];

function commitRef({ sha, parents, author, committer }: Commit): CommitRef {
  return {
    sha,
    parents: parents.map((parent) => parent.sha),
    people: [author, committer].flatMap((each) => loginOf(each)),
  };
}

/** Nothing where the address of a commit belongs to no account. */
function loginOf(person: object | null): readonly string[] {
  return person !== null && "login" in person && typeof person.login === "string" ? [person.login] : [];
}

async function listFiles({ octokit }: Connection, { ref, changedFiles }: PullRequest): Promise<readonly ChangedFile[]> {
  const pages = Math.ceil(Math.min(changedFiles, MOST_FILES) / PAGE);
  const numbers = Array.from({ length: Math.max(1, pages) }, (_, index) => index + 1);
  const answers = await Promise.all(
    numbers.map((page) => octokit.rest.pulls.listFiles({ ...pullRequestOf(ref), per_page: PAGE, page })),
  );
  return answers.flatMap(({ data }) => data).map(changedFile);
}

type Entry = RestEndpointMethodTypes["pulls"]["listFiles"]["response"]["data"][number];

function changedFile(entry: Entry): ChangedFile {
  const hunks = hunksOf(entry);
  return {
    path: entry.filename,
    status: entry.status,
    ...(entry.previous_filename === undefined ? {} : { previousPath: entry.previous_filename }),
    sha: entry.sha ?? "",
    ...(hunks === undefined ? {} : { hunks }),
  };
}

/** A file that was only renamed has no patch because it has no changed lines. */
function hunksOf({ patch, status, changes }: Entry): ChangedFile["hunks"] {
  if (patch !== undefined) return readPatch(patch);
  return status === "renamed" && changes === 0 ? [] : undefined;
}

/** A patch that contradicts itself is as good as none: the texts are compared. */
function readPatch(patch: string): ChangedFile["hunks"] {
  try {
    return parsePatch(patch);
  } catch {
    return undefined;
  }
}
