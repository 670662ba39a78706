import type { ProjectFile } from "../analysis/project-file.ts";
import type { Revision } from "../review/review-plan.ts";
import { changeOf, type ReadFile } from "./file-sides.ts";
import type { ModuleReader } from "./follow-imports.ts";
import type { FileRequest, FileText } from "./ports.ts";
import type { ReadTogether } from "./read-together.ts";

/**
 * The modules that the files of a pull request import: changed ones are known already, others are read at the head. One query
 * takes 50 paths, so that following imports costs as many requests as it has rounds.
 */
export function changeModules(read: ReadTogether, revision: Revision, files: readonly ReadFile[]): ModuleReader {
  const changed = new Map(
    files.flatMap((one) => [one.file.previousPath, one.file.path].map((path) => [path ?? one.file.path, one] as const)),
  );
  return {
    mostFiles: 20,
    mostAsked: 50,
    async read(paths) {
      const requests = paths.map((path) => requestsOf(path, changed.get(path), revision));
      const texts = await read(requests.flatMap(({ head, base }) => [head, base].filter((one) => one !== undefined)));
      let next = 0;
      return paths.map((path, index) => {
        const head = requests[index]?.head && texts[next++];
        const base = requests[index]?.base && texts[next++];
        const one = changed.get(path);
        return one === undefined ? unchanged(path, head) : fileOf(complete(one, head, base));
      });
    },
  };
}

interface Requests {
  readonly head?: FileRequest;
  readonly base?: FileRequest;
}

/** What is not known of a file: its text, where the review itself had no use for it. */
function requestsOf(path: string, one: ReadFile | undefined, { baseSha, headSha }: Revision): Requests {
  if (path.endsWith("/")) return { head: { path: path.slice(0, -1), revision: headSha, isFolder: true } };
  if (one === undefined) return { head: { path, revision: headSha } };
  if (one.head !== undefined || one.base !== undefined) return {};
  const { file } = one;
  return file.status === "removed"
    ? { base: { path: file.path, revision: baseSha } }
    : { head: { path: file.path, revision: headSha } };
}

function unchanged(path: string, head: FileText | undefined): ProjectFile | undefined {
  if (head?.kind === "folder") return { path, text: head.files.map(({ name }) => name).join("\n") };
  return head?.kind === "text" ? { path, text: head.text } : undefined;
}

/** A file that was only renamed is at the base what it is at the head. */
function complete(one: ReadFile, head: FileText | undefined, base: FileText | undefined): ReadFile {
  if (base !== undefined) return { ...one, base };
  return head === undefined ? one : { ...one, head, base: head };
}

function fileOf(one: ReadFile): ProjectFile {
  const { path, previousPath } = one.file;
  const { head, base, hunks } = changeOf(one);
  const before = base?.text ?? (one.base?.kind === "text" ? one.base.text : undefined);
  return {
    path,
    ...(head === undefined ? {} : { text: head.text }),
    change: {
      ...(before === undefined ? {} : { base: before }),
      ...(previousPath === undefined ? {} : { basePath: previousPath }),
      hunks,
    },
  };
}
