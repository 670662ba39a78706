import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { healthRoutes } from "../../src/web/health.ts";
import { answer, createHttpServer } from "../../src/web/http-server.ts";

let server: Server;
let address: string;
let isReady = true;
const errors: string[] = [];

beforeAll(async () => {
  server = createHttpServer(
    {
      ...healthRoutes(() => isReady),
      "POST /deliveries": () => Promise.reject(new Error("no file /srv/safepath/queue.db")),
    },
    (error) => errors.push(String(error)),
    async (_, response) => answer(response, 404, { error: "not found" }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
});

async function ask(method: string, path: string) {
  const response = await fetch(`${address}${path}`, { method });
  const { headers, status } = response;
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("cache-control")).toBe("no-store");
  return [status, await response.json()];
}

test("who asks how it is gets an answer that nobody keeps and no browser takes for a page", async () => {
  expect(await ask("GET", "/healthz")).toEqual([200, { status: "ok" }]);
  expect(await ask("GET", "/readyz?more=1")).toEqual([200, { status: "ready" }]);
  isReady = false;
  expect(await ask("GET", "/readyz")).toEqual([503, { status: "not ready" }]);
});

test("another method is refused, another path is somebody else's", async () => {
  expect(await ask("DELETE", "/healthz")).toEqual([405, { error: "method not allowed" }]);
  expect(await ask("GET", "/nowhere")).toEqual([404, { error: "not found" }]);
});

test("an error is told where it is logged, and to who asked only that there was one", async () => {
  expect(await ask("POST", "/deliveries")).toEqual([500, { error: "internal error" }]);
  expect(errors).toEqual(["Error: no file /srv/safepath/queue.db"]);
});

test("who is slow to say what it wants does not hold a connection for ever", () => {
  expect([server.headersTimeout, server.requestTimeout, server.maxConnections]).toEqual([10_000, 30_000, 500]);
});
