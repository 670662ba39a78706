import { sourceKind } from "../analysis/source-kind.ts";
import { largestBytes } from "../service/file-sides.ts";
import type { FileRequest, FileText, RepositoryRef } from "../service/ports.ts";
import { decodeSource } from "../text/decode-source.ts";
import { type BlobHead, type Folder, queryBlobs } from "./blob-query.ts";
import { type Connection, repositoryOf } from "./connection.ts";
import { faultOf } from "./map-error.ts";
import { MOST_RETRIES, pauseBefore } from "./retry-reads.ts";

type Reading = Pick<Connection, "octokit" | "query" | "clock">;
type Place = Pick<RepositoryRef, "owner" | "repo">;

/** GitHub ends a query after 10 s; 50 source files of usual size take a fraction of that. */
const BLOBS_IN_QUERY = 50;

/** One query for 50 files; what a query cannot give exactly is fetched as a blob. In the order asked. */
export async function readFiles(
  connection: Reading,
  ref: Place,
  files: readonly FileRequest[],
): Promise<readonly FileText[]> {
  const texts: FileText[] = [];
  for (let first = 0; first < files.length; first += BLOBS_IN_QUERY) {
    texts.push(...(await readBatch(connection, ref, files.slice(first, first + BLOBS_IN_QUERY))));
  }
  return texts;
}

/**
 * A batch that is too much for GitHub is asked for in halves: one bad file costs no other. What is alone is asked for again, later
 * each time, as a GET is: GitHub may just have failed.
 */
async function readBatch(
  connection: Reading,
  ref: Place,
  files: readonly FileRequest[],
  repetitions = 0,
): Promise<readonly FileText[]> {
  const heads = await orUnavailable(connection, () => queryBlobs(connection, ref, files));
  if (heads !== "unavailable") return Promise.all(files.map((file, at) => readText(connection, ref, file, heads[at])));
  if (files.length <= 1) {
    if (repetitions === MOST_RETRIES) return files.map(() => NOT_FETCHED);
    await connection.clock.sleep(pauseBefore(repetitions + 1));
    return readBatch(connection, ref, files, repetitions + 1);
  }
  const middle = Math.ceil(files.length / 2);
  const halves = [files.slice(0, middle), files.slice(middle)];
  return (await Promise.all(halves.map((half) => readBatch(connection, ref, half)))).flat();
}

async function readText(
  connection: Reading,
  ref: Place,
  { path }: FileRequest,
  head: BlobHead | Folder | undefined,
): Promise<FileText> {
  if (head === undefined) return { kind: "absent" };
  if ("entries" in head) return folderOf(head);
  const { byteSize: bytes, isBinary, text } = head;
  if (bytes > largestBytes(path)) return { kind: "unreadable", reason: "too-large", bytes };
  // GitHub guesses; what is Python by its name is looked at.
  if (isBinary === true && sourceKind(path) === "script") return { kind: "unreadable", reason: "binary", bytes };
  if (text !== null && isExact(text, head)) return decodeSource(Buffer.from(text));
  const fetched = await orUnavailable(connection, () => readBlob(connection, ref, head.oid));
  return fetched === "unavailable" ? NOT_FETCHED : decodeSource(fetched);
}

/** What has no size is no file. */
function folderOf({ entries }: Folder): FileText {
  const files = (entries ?? []).flatMap(({ name, object }) =>
    object?.byteSize === undefined ? [] : [{ name, bytes: object.byteSize }],
  );
  return { kind: "folder", files };
}

/** GitHub cuts long texts and converts those that are not UTF-8: then the number of bytes differs. */
function isExact(text: string, { byteSize, isTruncated }: BlobHead): boolean {
  return !isTruncated && Buffer.byteLength(text) === byteSize;
}

async function readBlob({ octokit }: Reading, ref: Place, oid: string): Promise<Uint8Array> {
  const { data } = await octokit.rest.git.getBlob({ ...repositoryOf(ref), file_sha: oid });
  return Buffer.from(data.content, "base64");
}

const NOT_FETCHED: FileText = { kind: "unreadable", reason: "not-fetched" };

/** A file that cannot be had is a remark on that file; limits and lost permissions concern the whole job. */
async function orUnavailable<T>({ clock }: Reading, request: () => Promise<T>): Promise<T | "unavailable"> {
  try {
    return await request();
  } catch (error) {
    const fault = faultOf(error, clock.now());
    if (fault?.kind === "unavailable" || fault?.kind === "refused") return "unavailable";
    throw error;
  }
}
