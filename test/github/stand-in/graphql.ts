import { execute, GraphQLError, parse, validate } from "graphql";
import { z } from "zod";
import { type Answer, ok } from "./answer.ts";
import { grants, installationToken, reaches } from "./auth.ts";
import { type GitNode, gitNode } from "./graphql-blob.ts";
import { schema } from "./graphql-schema.ts";
import {
  actorNode,
  findThread,
  minimizedNode,
  pullNodeOf,
  reviewCommentNode,
  type ThreadScope,
  threadNode,
} from "./graphql-threads.ts";
import type { Repository } from "./repository.ts";
import { repositoryPage } from "./repository-shape.ts";
import { readBody } from "./request.ts";
import type { Call } from "./route.ts";

const querySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/** GraphQL answers 200 whatever it finds wrong with a query; only the token is checked before. */
export async function answerGraphql(call: Call, onMistake: (message: string) => void): Promise<Answer> {
  const { query, variables, operationName } = readBody(querySchema, call.request);
  try {
    const document = parse(query);
    const mistakes = validate(schema, document);
    for (const mistake of mistakes) onMistake(`POST /graphql: ${mistake.message}`);
    if (mistakes.length > 0) return ok({ errors: mistakes.map(errorShape) });
    const result = await execute({
      schema,
      document,
      rootValue: rootOf(call),
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    return ok({
      data: result.data ?? null,
      ...(result.errors === undefined ? {} : { errors: result.errors.map(errorShape) }),
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    onMistake(`POST /graphql: ${error.message}`);
    return ok({ errors: [errorShape(error)] });
  }
}

function rootOf(call: Call): Record<string, unknown> {
  const { world } = call;
  const token = installationToken(call.actor);
  const scope: ThreadScope = {
    world,
    repositories: world.allRepositories().filter((each) => reaches(token, each)),
    permissions: token.permissions,
  };
  return {
    repository: ({ owner, name }: { owner: string; name: string }) => repositoryNode(scope, `${owner}/${name}`),
    rateLimit: () => ({ limit: 5000, cost: 1, remaining: 4999, used: 1, resetAt: world.now().toISOString() }),
    resolveReviewThread: ({ input }: { input: { threadId: string } }) => resolveThread(scope, input.threadId, true),
    unresolveReviewThread: ({ input }: { input: { threadId: string } }) => resolveThread(scope, input.threadId, false),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => reviewCommentNode(scope, id)),
    organization: ({ login }: { login: string }) => organizationNode(scope, login),
    createCommitOnBranch: ({ input }: { input: NewCommitInput }) => createCommit(scope, input),
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string } }) => {
      requirePermission(scope, "pull_requests");
      return { minimizedComment: minimizedNode(scope, input.subjectId, input.classifier) };
    },
  };
}

function repositoryNode(scope: ThreadScope, fullName: string): Record<string, unknown> {
  const { fullName: now } = scope.world.renamedFrom(fullName) ?? { fullName };
  const repository = scope.repositories.find((each) => each.fullName.toLowerCase() === now.toLowerCase());
  if (repository === undefined)
    throw typed("NOT_FOUND", `Could not resolve to a Repository with the name '${fullName}'.`);
  return {
    __typename: "Repository",
    id: `R_${repository.id}`,
    databaseId: repository.id,
    nameWithOwner: repository.fullName,
    isPrivate: repository.private,
    url: repositoryPage(repository, scope.world),
    object: (wanted: { oid?: string; expression?: string }) => gitObject(scope, repository, wanted),
    pullRequest: ({ number }: { number: number }) => {
      if (!grants(scope.permissions, "pull_requests", "read")) throw forbidden();
      return pullNodeOf(scope, repository, number);
    },
  };
}

/** Who is in a team is told to those who may read the organization's members; members are found by a part of their login. */
function organizationNode({ world, permissions }: ThreadScope, login: string): Record<string, unknown> {
  const account = world.account(login);
  const members = (slug: string) => world.teams.get(`${login}/${slug}`);
  return {
    ...actorNode(account, world),
    team: ({ slug }: { slug: string }) => {
      if (!grants(permissions, "members", "read")) throw forbidden();
      const logins = members(slug);
      if (logins === undefined) return null;
      return {
        __typename: "Team",
        id: `T_${slug}`,
        slug,
        members: ({ query = "" }: { query?: string }) => {
          const found = logins.filter((each) => each.includes(query));
          return { nodes: found.map((each) => actorNode(world.account(each), world)), totalCount: found.length };
        },
      };
    },
  };
}

async function gitObject(
  scope: ThreadScope,
  repository: Repository,
  wanted: { oid?: string; expression?: string },
): Promise<GitNode | null> {
  if (!grants(scope.permissions, "contents", "read")) throw forbidden();
  const object = await repository.git.read(await objectName(repository, wanted));
  return object === undefined ? null : gitNode(object, (oid) => repository.git.read(oid));
}

/** An expression is git's own way of naming an object; a branch in it is one of the repository. */
async function objectName(repository: Repository, wanted: { oid?: string; expression?: string }): Promise<string> {
  if (wanted.oid !== undefined) return wanted.oid;
  const expression = wanted.expression ?? "";
  const colon = expression.indexOf(":");
  const revision = colon < 0 ? expression : expression.slice(0, colon);
  const commit = await repository.find(revision === "HEAD" ? repository.defaultBranch : revision);
  return `${commit ?? revision}${colon < 0 ? "" : expression.slice(colon)}`;
}

/** What an installation needs for it is not documented: without `contents: write` it is refused. */
function resolveThread(scope: ThreadScope, id: string, resolved: boolean): Record<string, unknown> {
  requirePermission(scope, "pull_requests");
  requirePermission(scope, "contents");
  const thread = findThread(scope, id);
  thread.root.resolvedBy = resolved ? scope.world.app.bot : undefined;
  return { thread: threadNode(scope, thread) };
}

interface NewCommitInput {
  readonly branch: { readonly branchName: string; readonly repositoryNameWithOwner: string };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges: { readonly additions: readonly { readonly path: string; readonly contents: string }[] };
}

async function createCommit(scope: ThreadScope, input: NewCommitInput): Promise<Record<string, unknown>> {
  requirePermission(scope, "contents");
  const { branchName, repositoryNameWithOwner: name } = input.branch;
  const repository = scope.repositories.find((each) => each.fullName === name);
  if (repository === undefined) throw typed("NOT_FOUND", `Could not resolve to a Repository with the name '${name}'.`);
  if (repository.protectedBranches.has(branchName))
    throw typed("FORBIDDEN", "Changes must be made through a pull request");
  const head = await repository.resolve(branchName);
  if (head !== input.expectedHeadOid)
    throw typed("STALE_DATA", `Expected branch to point to "${input.expectedHeadOid}" but it did not.`);
  const additions = input.fileChanges.additions.map(
    ({ path, contents }) => [path, Buffer.from(contents, "base64")] as const,
  );
  const { headline, body = "" } = input.message;
  const oid = await repository.commit(branchName, Object.fromEntries(additions), {
    message: `${headline}\n\n${body}`,
    author: scope.world.app.bot.login,
  });
  return { commit: { __typename: "Commit", id: `C_${oid}`, oid, abbreviatedOid: oid.slice(0, 7) } };
}

function requirePermission(scope: ThreadScope, permission: string): void {
  if (!grants(scope.permissions, permission, "write")) throw forbidden();
}

function forbidden(): GraphQLError {
  return typed("FORBIDDEN", "Resource not accessible by integration");
}

function typed(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** GitHub names the kind of an error beside its message. */
function errorShape(error: GraphQLError): Record<string, unknown> {
  const { extensions, ...shape } = error.toJSON();
  const type = extensions?.type;
  return type === undefined ? { ...shape } : { type, ...shape };
}
