import type { AuditHost } from "../service/audit-repository.ts";
import { completeCheck } from "./complete-check.ts";
import { type Connection, repositoryOf } from "./connection.ts";
import { latestRun } from "./find-check.ts";
import { faultOf, withFaults } from "./map-error.ts";
import { readFiles } from "./read-files.ts";

/** Not the one that branch protection names: what an audit finds stops no pull request. */
const AUDIT_NAME = "Safepath audit";

export function createAuditHost(connection: Connection): AuditHost {
  const { octokit } = connection;
  const faults = <T>(requests: () => Promise<T>) => withFaults(() => connection.clock.now(), requests);
  return {
    defaultHead: (ref) =>
      faults(async () => {
        const { data: repository } = await octokit.rest.repos.get(repositoryOf(ref));
        const { default_branch: branch, html_url: htmlUrl, topics = [] } = repository;
        try {
          const { data } = await octokit.rest.repos.getBranch({ ...repositoryOf(ref), branch });
          return { sha: data.commit.sha, htmlUrl, topics };
        } catch (error) {
          // An empty repository has a default branch by name alone.
          if (faultOf(error, connection.clock.now())?.kind === "gone") return undefined;
          throw error;
        }
      }),
    paths: (ref, sha) =>
      faults(async () => {
        const { data } = await octokit.rest.git.getTree({ ...repositoryOf(ref), tree_sha: sha, recursive: "true" });
        return { paths: data.tree.flatMap(({ path, type }) => (type === "blob" ? path : [])), isCut: data.truncated };
      }),
    read: (ref, files) => faults(() => readFiles(connection, ref, files)),
    auditedAs: (repository, headSha) =>
      faults(
        async () => (await latestRun(connection, { repository, headSha, name: AUDIT_NAME }))?.external_id ?? undefined,
      ),
    publishAudit: (repository, headSha, externalId, planned) =>
      faults(() =>
        completeCheck(connection, { repository, headSha, externalId, annotationsSent: 0, name: AUDIT_NAME }, planned),
      ),
  };
}
