import { type Answer, notFound, ok, Problem } from "./answer.ts";
import type { GitObject } from "./git.ts";
import { pageOf } from "./paging.ts";
import { userShape } from "./people.ts";
import { fileShape } from "./pulls.ts";
import type { Repository } from "./repository.ts";
import { repositoryPage, repositoryShape, repositoryUrl } from "./repository-shape.ts";
import { textParam, wantsMedia } from "./request.ts";
import { type RepositoryCall, type Route, repositoryRoute } from "./route.ts";
import type { World } from "./world.ts";

/** Above this a file's content is empty in JSON; `raw` still has it. */
const largestInlineBytes = 1_000_000;
const largestBlobBytes = 100_000_000;
const mostComparedFiles = 300;
const mostTreeEntries = 100_000;

const root = "/repos/{owner}/{repo}";

export const contentRoutes: readonly Route[] = [
  repositoryRoute(`GET ${root}`, "metadata:read", (call) => ok(repositoryShape(call.repository, call.world))),
  repositoryRoute(`GET ${root}/collaborators/{username}/permission`, "metadata:read", getRole),
  repositoryRoute(`GET ${root}/contents/{path}`, "contents:read", getContent),
  repositoryRoute(`GET ${root}/git/blobs/{file_sha}`, "contents:read", getBlob),
  repositoryRoute(`GET ${root}/git/trees/{tree_sha}`, "contents:read", getTree),
  repositoryRoute(`GET ${root}/compare/{basehead}`, "contents:read", compare),
];

/** `permission` knows three words; `role_name` has the role itself. */
function getRole(call: RepositoryCall): Answer {
  const login = textParam(call.params, "username");
  const account = call.world.account(login);
  const role = call.repository.roles.get(login) ?? (call.repository.private ? "none" : "read");
  const permission = role === "maintain" ? "write" : role === "triage" ? "read" : role;
  return ok({
    permission,
    role_name: role,
    user: { ...userShape(account, call.world.api, call.world.web), role_name: role },
  });
}

async function getContent(call: RepositoryCall): Promise<Answer> {
  const { repository, request, world } = call;
  const path = textParam(call.params, "path").replace(/^\/|\/$/g, "");
  const commit = await repository.resolve(request.query.get("ref") ?? repository.defaultBranch);
  const object = await repository.git.read(`${commit}:${path}`);
  if (object === undefined || object.type !== "blob") {
    if (object?.type === "tree") throw new Problem(501, "The stand-in lists no folders");
    throw notFound();
  }
  if (object.bytes.length > largestBlobBytes) throw new Problem(403, "This API returns blobs up to 100 MB in size.");
  if (wantsMedia(request, "raw")) return raw(object, "application/vnd.github.raw+json; charset=utf-8");
  const inline = object.bytes.length <= largestInlineBytes;
  const url = `${repositoryUrl(repository, world)}/contents/${encodeURI(path)}?ref=${commit}`;
  const page = `${repositoryPage(repository, world)}/blob/${commit}/${encodeURI(path)}`;
  const git = `${repositoryUrl(repository, world)}/git/blobs/${object.oid}`;
  return ok({
    type: "file",
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    sha: object.oid,
    size: object.bytes.length,
    encoding: inline ? "base64" : "none",
    content: inline ? wrappedBase64(object.bytes) : "",
    url,
    git_url: git,
    html_url: page,
    download_url: page.replace("/blob/", "/raw/"),
    _links: { self: url, git, html: page },
  });
}

async function getBlob(call: RepositoryCall): Promise<Answer> {
  const sha = textParam(call.params, "file_sha");
  const object = /^[0-9a-f]{40}$/.test(sha) ? await call.repository.git.read(sha) : undefined;
  if (object?.type !== "blob") throw notFound();
  if (object.bytes.length > largestBlobBytes) throw new Problem(403, "This API returns blobs up to 100 MB in size.");
  if (wantsMedia(call.request, "raw")) return raw(object, "application/vnd.github.raw+json; charset=utf-8");
  return ok({
    sha,
    node_id: `B_${sha}`,
    size: object.bytes.length,
    url: `${repositoryUrl(call.repository, call.world)}/git/blobs/${sha}`,
    content: wrappedBase64(object.bytes),
    encoding: "base64",
  });
}

/** With any `recursive`, the folders inside as well; beyond the limit the list is cut. */
async function getTree({ params, repository, request, world }: RepositoryCall): Promise<Answer> {
  const sha = textParam(params, "tree_sha");
  const object = await repository.git.read(`${sha}^{tree}`);
  if (object?.type !== "tree") throw notFound();
  const recursive = request.query.has("recursive") ? ["-r", "-t"] : [];
  const listed = await repository.git.run(["ls-tree", ...recursive, "-l", "-z", object.oid]);
  const url = `${repositoryUrl(repository, world)}/git`;
  const entries = listed
    .toString("utf8")
    .split("\0")
    .flatMap((line) => {
      const [, mode = "", type = "", oid = "", size = "", path = ""] =
        /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
      if (path === "") return [];
      const own = { path, mode, type, sha: oid, url: `${url}/${type}s/${oid}` };
      return [type === "blob" ? { ...own, size: Number(size) } : own];
    });
  const truncated = entries.length > mostTreeEntries;
  return ok({ sha: object.oid, url: `${url}/trees/${object.oid}`, tree: entries.slice(0, mostTreeEntries), truncated });
}

/** `base...head`: from the merge base to the head. Files are on the first page only. */
async function compare(call: RepositoryCall): Promise<Answer> {
  const { repository, request, world } = call;
  const [baseName = "", headName = ""] = textParam(call.params, "basehead").split("...");
  const base = await repository.resolve(withoutOwner(baseName));
  const head = await repository.resolve(withoutOwner(headName));
  const mergeBase = await repository.mergeBase(base, head);
  if (mergeBase === undefined) throw new Problem(404, `No common ancestor between ${baseName} and ${headName}.`);
  const ahead = await repository.commitsBetween(base, head);
  const behind = await repository.commitsBetween(head, base);
  const page = pageOf(request, world.api, ahead);
  const isFirst = Number(request.query.get("page") ?? 1) <= 1;
  const files = isFirst ? (await repository.changedFiles(mergeBase, head)).slice(0, mostComparedFiles) : [];
  const url = `${repositoryUrl(repository, world)}/compare/${base}...${head}`;
  const html = `${repositoryPage(repository, world)}/compare/${base}...${head}`;
  const body = {
    url,
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await commitShape(repository, base, world),
    merge_base_commit: await commitShape(repository, mergeBase, world),
    status: comparisonStatus(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(page.items.map((sha) => commitShape(repository, sha, world))),
    ...(isFirst ? { files: files.map((file) => fileShape(file, repository, head, world)) } : {}),
  };
  return { ...ok(body), headers: page.headers };
}

/** `owner:branch`; SHAs of the network need no owner. */
function withoutOwner(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

function comparisonStatus(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return "diverged";
  if (ahead > 0) return "ahead";
  return behind > 0 ? "behind" : "identical";
}

export async function commitShape(repository: Repository, sha: string, world: World): Promise<Record<string, unknown>> {
  const object = await repository.git.read(sha);
  const text = object?.bytes.toString("utf8") ?? "";
  const split = text.indexOf("\n\n");
  const header = text.slice(0, split).split("\n");
  const valuesOf = (name: string) =>
    header.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const url = `${repositoryUrl(repository, world)}/commits/${sha}`;
  const page = `${repositoryPage(repository, world)}/commit/${sha}`;
  const [tree = ""] = valuesOf("tree");
  const git = `${repositoryUrl(repository, world)}/git`;
  return {
    sha,
    node_id: `C_${sha}`,
    url,
    html_url: page,
    comments_url: `${url}/comments`,
    commit: {
      url: `${git}/commits/${sha}`,
      author: signature(valuesOf("author")[0]),
      committer: signature(valuesOf("committer")[0]),
      message: text.slice(split + 2),
      comment_count: 0,
      tree: { sha: tree, url: `${git}/trees/${tree}` },
    },
    author: accountOf(valuesOf("author")[0], world),
    committer: accountOf(valuesOf("committer")[0], world),
    parents: valuesOf("parent").map((parent) => ({
      sha: parent,
      url: `${repositoryUrl(repository, world)}/commits/${parent}`,
      html_url: `${repositoryPage(repository, world)}/commit/${parent}`,
    })),
  };
}

/** The account whose address a commit carries. */
function accountOf(line: string | undefined, world: World): Record<string, unknown> {
  return userShape(world.account(signature(line).name ?? ""), world.api, world.web);
}

function signature(line = ""): Record<string, string> {
  const match = /^(.*) <(.*)> (\d+) /.exec(line);
  const [, name = "", email = "", seconds = "0"] = match ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString() };
}

function raw(object: GitObject, contentType: string): Answer {
  return { status: 200, raw: { bytes: object.bytes, contentType } };
}

/** GitHub breaks base64 into lines of 60 characters. */
function wrappedBase64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/.{60}/g, "$&\n");
}
