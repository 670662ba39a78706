import type { Git } from "./git.ts";

/**
 * What a commit does to its parent, by path: new content, a link, a program, a commit of another repository (a submodule), a removal
 * (null), or a move from another path.
 */
export type Changes = Readonly<Record<string, FileChange>>;
export type FileChange =
  | string
  | Uint8Array
  | null
  | { readonly linkTo: string }
  | { readonly program: string }
  | { readonly submodule: string }
  | { readonly movedFrom: string };

export interface NewCommit {
  /** Full name of the ref that is set. */
  readonly ref: string;
  readonly message: string;
  readonly author: string;
  /** Seconds since 1970, so that equal commits have equal names. */
  readonly at: number;
  /** The first one's files are what the changes are made to. */
  readonly parents: readonly string[];
  readonly changes: Changes;
}

/** One run of `git fast-import`, whatever the number of files; gives the commit's name. */
export async function writeCommit(git: Git, commit: NewCommit): Promise<string> {
  const message = Buffer.from(commit.message);
  const [first, ...merged] = commit.parents;
  const head = [
    `commit ${commit.ref}`,
    "mark :1",
    `committer ${commit.author} <${commit.author}@users.noreply.github.com> ${commit.at} +0000`,
    `data ${message.length}`,
    commit.message,
    ...(first === undefined ? [] : [`from ${first}`]),
    ...merged.map((parent) => `merge ${parent}`),
  ];
  const parts: Uint8Array[] = [Buffer.from(`${head.join("\n")}\n`)];
  for (const [path, change] of Object.entries(commit.changes)) parts.push(...fileCommands(path, change));
  parts.push(Buffer.from("\nget-mark :1\ndone\n"));
  const output = await git.run(["fast-import", "--quiet", "--force", "--done"], Buffer.concat(parts));
  return output.toString().trim();
}

function fileCommands(path: string, change: FileChange): Uint8Array[] {
  if (change === null) return [Buffer.from(`D ${quoted(path)}\n`)];
  if (typeof change === "string") return inline("100644", path, Buffer.from(change));
  if (change instanceof Uint8Array) return inline("100644", path, change);
  if ("linkTo" in change) return inline("120000", path, Buffer.from(change.linkTo));
  if ("program" in change) return inline("100755", path, Buffer.from(change.program));
  if ("submodule" in change) return [Buffer.from(`M 160000 ${change.submodule} ${quoted(path)}\n`)];
  return [Buffer.from(`R ${quoted(change.movedFrom)} ${quoted(path)}\n`)];
}

function inline(mode: string, path: string, content: Uint8Array): Uint8Array[] {
  return [Buffer.from(`M ${mode} inline ${quoted(path)}\ndata ${content.length}\n`), content, Buffer.from("\n")];
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
