import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";
import type { Repository } from "./repository.ts";
import type { StandIn } from "./stand-in.ts";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Client {
  readonly octokit: Octokit;
  /** The two parameters that every request for the repository has. */
  readonly at: { readonly owner: string; readonly repo: string };
}

/** A plain client: it neither waits nor tries again. */
export function clientFor(standIn: StandIn, repository: Repository, baseUrl = standIn.url): Client {
  const { id: appId, privateKey } = standIn.app;
  const installationId = standIn.world.installationOf(repository).id;
  return {
    octokit: new Octokit({
      baseUrl,
      authStrategy: createAppAuth,
      auth: { appId, privateKey, installationId },
      log: silent,
    }),
    at: { owner: repository.owner.login, repo: repository.name },
  };
}

/** A client with one token, whatever it is. */
export function clientWithToken(standIn: StandIn, token: string): Octokit {
  return new Octokit({ baseUrl: standIn.url, auth: token, log: silent });
}
