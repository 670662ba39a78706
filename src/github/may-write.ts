import type { RepositoryRef } from "../service/ports.ts";
import { type Connection, repositoryOf } from "./connection.ts";
import { faultOf } from "./map-error.ts";

/** What GitHub calls the permission; `maintain` is told as `write`. */
const WRITING: ReadonlySet<string> = new Set(["admin", "write"]);

/** Asked of GitHub: what a payload says of a person's role is not the same thing. */
export async function mayWrite({ octokit, clock }: Connection, ref: RepositoryRef, login: string): Promise<boolean> {
  try {
    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ ...repositoryOf(ref), username: login });
    return WRITING.has(data.permission);
  } catch (error) {
    if (faultOf(error, clock.now())?.kind === "gone") return false;
    throw error;
  }
}
