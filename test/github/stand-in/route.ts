import type { Answer } from "./answer.ts";
import type { Actor } from "./auth.ts";
import type { Repository } from "./repository.ts";
import type { ApiRequest } from "./request.ts";
import type { Level, World } from "./world.ts";

export interface Call {
  readonly world: World;
  readonly request: ApiRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly actor: Actor;
}

export interface RepositoryCall extends Call {
  readonly repository: Repository;
}

/** `checks:write`; without a permission, any valid token will do. */
export type Needs = `${string}:${Level}`;

export type Route =
  | RouteOf<"app", Call>
  | RouteOf<"installation", Call>
  | (RouteOf<"repository", RepositoryCall> & { readonly needs: Needs });

interface RouteOf<Kind extends string, C> {
  readonly kind: Kind;
  /** Method and GitHub's own template, as in its description: `GET /repos/{owner}/{repo}`. */
  readonly operation: string;
  readonly pattern: RegExp;
  handle(call: C): Answer | Promise<Answer>;
}

type Handle<C> = (call: C) => Answer | Promise<Answer>;

/** For the app itself: a JSON web token. */
export function appRoute(operation: string, handle: Handle<Call>): Route {
  return { kind: "app", operation, pattern: patternOf(operation), handle };
}

/** For any valid token. */
export function installationRoute(operation: string, handle: Handle<Call>): Route {
  return { kind: "installation", operation, pattern: patternOf(operation), handle };
}

/** For an installation token that reaches the repository and has the permission. */
export function repositoryRoute(operation: string, needs: Needs, handle: Handle<RepositoryCall>): Route {
  return { kind: "repository", operation, pattern: patternOf(operation), needs, handle };
}

/** The route of a request and the decoded parameters of its path. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly params: Record<string, string> } | undefined {
  for (const route of routes) {
    const match = route.pattern.exec(`${method} ${path}`);
    if (match === null) continue;
    const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decode(value)]);
    return { route, params: Object.fromEntries(params) };
  }
  return undefined;
}

/** The last parameter of a path may hold slashes where GitHub allows them: a file's path, two branches to compare. */
function patternOf(operation: string): RegExp {
  const pattern = operation.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "path" || name === "basehead" ? `(?<${name}>.*)` : `(?<${name}>[^/]+)`,
  );
  return new RegExp(`^${pattern}$`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
