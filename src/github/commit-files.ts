import type { CommittedFile, PullRequest } from "../service/ports.ts";
import { type Connection, repositoryOf } from "./connection.ts";
import { faultOf } from "./map-error.ts";
import { readPullRequest } from "./read-pull-request.ts";

/** GitHub makes and signs the commit, and refuses it where the branch has moved on from the head that it is meant for. */
export async function commitFiles(
  connection: Connection,
  pr: PullRequest,
  message: string,
  files: readonly CommittedFile[],
): Promise<"saved" | "moved" | "refused"> {
  const octokit = await connection.changing(pr.ref);
  if (octokit === undefined) return "refused";
  const { owner, repo } = repositoryOf(pr.ref);
  const [headline = "", ...body] = message.split("\n");
  const input = {
    branch: { repositoryNameWithOwner: `${owner}/${repo}`, branchName: pr.headBranch },
    expectedHeadOid: pr.headSha,
    message: { headline, body: body.join("\n").trim() },
    fileChanges: {
      additions: files.map(({ path, text }) => ({ path, contents: Buffer.from(text).toString("base64") })),
    },
  };
  try {
    await octokit.graphql(COMMIT, { input });
    return "saved";
  } catch (error) {
    const fault = faultOf(error, connection.clock.now());
    if (fault === undefined || fault.kind === "rate-limited") throw error;
    // A refusal names no reason that could be relied on, and what was answered with an error may be saved: the head tells.
    const { headSha } = await readPullRequest(connection, pr.ref);
    if (headSha !== pr.headSha) return "moved";
    if (fault.kind === "unavailable" && !isAnswered(error)) throw error;
    return "refused";
  }
}

/** GraphQL names what it refuses in an answer of 200: asked again it says the same. */
function isAnswered(error: unknown): boolean {
  return error instanceof Error && "errors" in error && !("status" in error);
}

const COMMIT =
  "mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }";
