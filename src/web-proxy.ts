import http from "node:http";
import type { Environment } from "./settings.ts";

/**
 * Requests to GitHub and to a collector of traces go through `HTTPS_PROXY` or `HTTP_PROXY`, except to hosts that `NO_PROXY` names. A private
 * certificate authority is Node's own `NODE_EXTRA_CA_CERTS`. Gives what undoes it.
 */
export function useProxyOf(environment: Environment): () => void {
  return http.setGlobalProxyFromEnv({ ...environment });
}
