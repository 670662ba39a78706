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

/** What GraphQL says of a folder. */
export interface Folder {
  readonly entries: readonly { readonly name: string; readonly object: { readonly byteSize?: number } | null }[] | null;
}

/** The files and folders of one query, in the order asked; undefined where there is none (a submodule, nothing, the other of the two). */
export async function queryBlobs(
  { query }: Pick<Connection, "query">,
  ref: Pick<RepositoryRef, "owner" | "repo">,
  files: readonly FileRequest[],
): Promise<readonly (BlobHead | Folder | undefined)[]> {
  const { repository } = await query<Answer>(writeQuery(files), {
    ...repositoryOf(ref),
    ...Object.fromEntries(files.map(({ revision, path }, index) => [`f${index}`, `${revision}:${path}`])),
  });
  return files.map((_, index) => {
    const object = repository[`f${index}`];
    return object == null || !("oid" in object || "entries" in object) ? undefined : object;
  });
}

interface Answer {
  /** An empty object is something else than a blob. */
  readonly repository: Readonly<Record<string, BlobHead | Folder | Readonly<Record<never, never>> | null | undefined>>;
}

/** Paths are variables: nothing of the repository becomes part of the query. */
function writeQuery(files: readonly FileRequest[]): string {
  const used = [
    files.some(({ isFolder }) => isFolder !== true) && FILE,
    files.some(({ isFolder }) => isFolder) && FOLDER,
  ];
  return `query($owner: String!, $repo: String!, ${files.map((_, at) => `$f${at}: String!`).join(", ")}) {
  repository(owner: $owner, name: $repo) {
    ${files.map(({ isFolder }, at) => `f${at}: object(expression: $f${at}) { ...${isFolder ? "folder" : "file"} }`).join("\n    ")}
  }
}
${used.filter((fragment) => fragment !== false).join("\n")}`;
}

const FILE = "fragment file on Blob { oid byteSize isBinary isTruncated text }";
const FOLDER = "fragment folder on Tree { entries { name object { ... on Blob { byteSize } } } }";
