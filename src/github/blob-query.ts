import type { FileRequest, RepositoryRef } from "../service/ports.ts";
import { type Connection, repositoryOf } from "./connection.ts";

/** What GraphQL says of a file. */
export interface BlobHead {
  readonly oid: string;
  readonly byteSize: number;
  readonly isBinary: boolean | null;
  readonly isTruncated: boolean;
  readonly text: string | null;
}

/** The files of one query, in the order asked; undefined where there is no file (a folder, a submodule, nothing). */
export async function queryBlobs(
  { query }: Connection,
  ref: RepositoryRef,
  files: readonly FileRequest[],
): Promise<readonly (BlobHead | undefined)[]> {
  const { repository } = await query<Answer>(writeQuery(files.length), {
    ...repositoryOf(ref),
    ...Object.fromEntries(files.map(({ revision, path }, index) => [`f${index}`, `${revision}:${path}`])),
  });
  return files.map((_, index) => {
    const object = repository[`f${index}`];
    return object?.oid === undefined ? undefined : object;
  });
}

interface Answer {
  /** An empty object is something else than a blob. */
  readonly repository: Readonly<Record<string, BlobHead | { readonly oid?: undefined } | null | undefined>>;
}

/** Paths are variables: nothing of the repository becomes part of the query. */
function writeQuery(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `f${index}`);
  return `query($owner: String!, $repo: String!, ${names.map((name) => `$${name}: String!`).join(", ")}) {
  repository(owner: $owner, name: $repo) {
    ${names.map((name) => `${name}: object(expression: $${name}) { ...file }`).join("\n    ")}
  }
}
fragment file on Blob { oid byteSize isBinary isTruncated text }`;
}
