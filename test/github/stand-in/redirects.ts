import type { ApiRequest } from "./request.ts";
import type { World } from "./world.ts";

/** An address by number is that of the repository as it is called now. */
export function atItsName(request: ApiRequest, world: World): ApiRequest {
  const [, id, rest = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(request.path) ?? [];
  const repository = id === undefined ? undefined : world.repositoryById(Number(id));
  return repository === undefined ? request : { ...request, path: `/repos/${repository.fullName}${rest}` };
}

/** Where a request by a repository's earlier name is to go. */
export function redirectFor({ path, query }: ApiRequest, world: World): string | undefined {
  const [, owner = "", name = "", rest = ""] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const repository = world.renamedFrom(`${owner}/${name}`);
  if (repository === undefined) return undefined;
  const asked = query.size === 0 ? "" : `?${query}`;
  return `${world.api}/repositories/${repository.id}${rest}${asked}`;
}
