import { answer, type Routes } from "./http-server.ts";

/**
 * `/healthz`: the process serves. `/readyz`: it also takes work; `isReady` turns false when it shuts down, so that a load
 * balancer sends deliveries elsewhere.
 */
export function healthRoutes(isReady: () => boolean): Routes {
  return {
    "GET /healthz": async (_, response) => answer(response, 200, { status: "ok" }),
    "GET /readyz": async (_, response) => {
      const ready = isReady();
      answer(response, ready ? 200 : 503, { status: ready ? "ready" : "not ready" });
    },
  };
}
