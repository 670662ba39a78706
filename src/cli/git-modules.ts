import { type AskForFile, lengthOfFile, type ProjectFile } from "../analysis/project-file.ts";
import { isVersionFile } from "../manifests/version-files.ts";
import { decodeSource } from "../text/decode-source.ts";
import { keepLatest } from "../text/keep-latest.ts";
import { git } from "./git.ts";
import { readBlobsNow } from "./git-blobs.ts";
import type { GitChange } from "./git-changes.ts";
import type { GitRange } from "./git-range.ts";

/** UTF-16 code units of the latest files that are kept: each analysing process asks for those that it imports. */
const MOST_KEPT = 32 * 1024 * 1024;

/** Files of a folder that are read together, since each reading starts a process; a module imports its neighbours. */
const MOST_TOGETHER = 64;

/** The Python files of a range, and those that tell versions, at its head and its base, read when an import leads to their folder. */
export async function gitModules(range: GitRange, changes: readonly GitChange[]): Promise<AskForFile> {
  const changed = new Map(changes.flatMap((change) => [change.basePath, change.path].map((path) => [path, change])));
  const { head, base } = await listSides(range);
  const folders = Map.groupBy(new Set([...head.keys(), ...base.keys()]), folderAround);
  const readTogether = (paths: readonly string[]): ReadonlyMap<string, ProjectFile | undefined> | undefined => {
    const places = paths.map((path) => placeOf(path, changed.get(path), head, base));
    const blobs = places.flatMap(({ headBlob, baseBlob }) => [headBlob, baseBlob]);
    const contents = readBlobsNow(
      range.root,
      blobs.filter((blob) => blob !== undefined),
    );
    return contents && new Map(paths.map((path, index) => [path, fileOf(places[index], contents)]));
  };
  const folderAt = keepLatest(
    (folder) => {
      const paths = folders.get(folder) ?? [];
      return paths.length > MOST_TOGETHER ? undefined : readTogether(paths);
    },
    (files) => [...(files?.values() ?? [])].reduce((sum, file) => sum + lengthOfFile(file), 0),
    MOST_KEPT,
  );
  const fileAlone = keepLatest((path) => readTogether([path])?.get(path), lengthOfFile, MOST_KEPT);
  return (path) => {
    if (path.endsWith("/")) return folderOf(path, head);
    const files = folderAt(folderAround(path));
    return files === undefined ? fileAlone(path) : files.get(path);
  };
}

function folderAround(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** The blobs of all files, by path. */
interface Sides {
  readonly head: ReadonlyMap<string, string>;
  readonly base: ReadonlyMap<string, string>;
}

async function listSides({ root, base, head }: GitRange): Promise<Sides> {
  const listed = head === undefined ? git(root, ["ls-files", "--stage", "--full-name", "-z"]) : listTree(root, head);
  const [after, before] = await Promise.all([listed, listTree(root, base)]);
  return { head: readList(after), base: readList(before) };
}

function listTree(root: string, commit: string): Promise<Buffer> {
  return git(root, ["ls-tree", "-r", "-z", "--full-tree", commit]);
}

/** `100644 blob <blob>⇥path␀` of a tree, `100644 <blob> 0⇥path␀` of the index; links and submodules are no modules. */
function readList(output: Buffer): ReadonlyMap<string, string> {
  const blobs = new Map<string, string>();
  for (const line of output.toString("utf8").split("\0")) {
    const found = /^100\d{3} (?:blob )?([0-9a-f]+)(?: 0)?\t(.+)$/s.exec(line);
    const [, blob, path] = found ?? [];
    if (blob !== undefined && path !== undefined && isRead(path)) blobs.set(path, blob);
  }
  return blobs;
}

function isRead(path: string): boolean {
  return (
    path.endsWith(".py") || path.endsWith(".gitignore") || isVersionFile(path) || isIncluded(path) || isRunner(path)
  );
}

/** What `-r` and `-c` of a requirements file may lead to, whatever it is called. */
function isIncluded(path: string): boolean {
  return /\.(?:txt|in|pip)$/.test(path);
}

/** The names in a folder, one a line. */
function folderOf(path: string, head: ReadonlyMap<string, string>): ProjectFile | undefined {
  const inside = [...head.keys()].filter((one) => one.startsWith(path)).map((one) => one.slice(path.length));
  const names = inside.filter((name) => !name.includes("/"));
  return names.length === 0 ? undefined : { path, text: names.join("\n") };
}

/** What runs for each change. */
function isRunner(path: string): boolean {
  return /^(?:\.github\/|\.circleci\/)?(?:workflows\/)?[^/]+\.(?:ya?ml|json)$|^(?:tox\.ini|Makefile|[Jj]ustfile)$/.test(
    path,
  );
}

interface Place {
  readonly path: string;
  readonly change: GitChange | undefined;
  readonly basePath: string;
  readonly headBlob: string | undefined;
  readonly baseBlob: string | undefined;
}

/** Of a renamed file both paths lead to the same place, named by the one at the head. */
function placeOf(
  asked: string,
  change: GitChange | undefined,
  head: ReadonlyMap<string, string>,
  base: ReadonlyMap<string, string>,
): Place {
  const path = change?.path ?? asked;
  const basePath = change?.basePath ?? asked;
  return { path, change, basePath, headBlob: head.get(path), baseBlob: base.get(basePath) };
}

function fileOf(place: Place | undefined, contents: ReadonlyMap<string, Uint8Array>): ProjectFile | undefined {
  if (place === undefined) return undefined;
  const { path, change, basePath, headBlob, baseBlob } = place;
  const textOf = (blob: string | undefined) => {
    const bytes = blob === undefined ? undefined : contents.get(blob);
    const decoded = bytes === undefined ? undefined : decodeSource(bytes);
    return decoded?.kind === "text" ? decoded.text : undefined;
  };
  const text = textOf(headBlob);
  const before = textOf(baseBlob);
  if (text === undefined && before === undefined) return undefined;
  const named = { path, ...(text === undefined ? {} : { text }) };
  if (headBlob === baseBlob && path === basePath) return named;
  const base = { ...(before === undefined ? {} : { base: before }), ...(path === basePath ? {} : { basePath }) };
  return { ...named, change: { ...base, hunks: change?.hunks ?? [] } };
}
