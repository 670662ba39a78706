import type { ProjectFile } from "../analysis/project-file.ts";
import { isVersionFile } from "../manifests/version-files.ts";
import type { ModuleReader } from "../service/follow-imports.ts";
import { decodeSource } from "../text/decode-source.ts";
import { git } from "./git.ts";
import { readBlobs } from "./git-blobs.ts";
import type { GitChange } from "./git-changes.ts";
import type { GitRange } from "./git-range.ts";

/** The Python files of a range, and those that tell versions, at its head and its base, read when an import leads to them. */
export function gitModules(range: GitRange, changes: readonly GitChange[]): ModuleReader {
  const changed = new Map(changes.flatMap((change) => [change.basePath, change.path].map((path) => [path, change])));
  let sides: Promise<Sides> | undefined;
  return {
    mostFiles: 200,
    mostAsked: 100_000,
    async read(paths) {
      sides ??= listSides(range);
      const { head, base } = await sides;
      const places = paths
        .filter((path) => !path.endsWith("/"))
        .map((path) => placeOf(path, changed.get(path), head, base));
      const blobs = places.flatMap(({ headBlob, baseBlob }) =>
        [headBlob, baseBlob].filter((blob) => blob !== undefined),
      );
      const contents = await readBlobs(range.root, blobs);
      const textOf = (blob: string | undefined) => {
        const bytes = blob === undefined ? undefined : contents.get(blob);
        const decoded = bytes === undefined ? undefined : decodeSource(bytes);
        return decoded?.kind === "text" ? decoded.text : undefined;
      };
      const files = new Map(places.map((place) => [place.asked, fileOf(place, textOf)]));
      return paths.map((path) => (path.endsWith("/") ? folderOf(path, head) : files.get(path)));
    },
  };
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
  readonly asked: string;
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
  return { asked, path, change, basePath, headBlob: head.get(path), baseBlob: base.get(basePath) };
}

function fileOf(
  { path, change, basePath, headBlob, baseBlob }: Place,
  textOf: (blob: string | undefined) => string | undefined,
): ProjectFile | undefined {
  const text = textOf(headBlob);
  const before = textOf(baseBlob);
  if (text === undefined && before === undefined) return undefined;
  const named = { path, ...(text === undefined ? {} : { text }) };
  if (headBlob === baseBlob && path === basePath) return named;
  const base = { ...(before === undefined ? {} : { base: before }), ...(path === basePath ? {} : { basePath }) };
  return { ...named, change: { ...base, hunks: change?.hunks ?? [] } };
}
