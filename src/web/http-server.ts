import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** By method and path: `POST /api/github/webhooks`. */
export type Routes = Readonly<Record<string, Handle>>;

/** GitHub sends a delivery at once or not at all: whoever takes longer only holds a connection. */
const HEADERS_DEADLINE_MS = 10_000;
const REQUEST_DEADLINE_MS = 30_000;
const MOST_CONNECTIONS = 500;

/** `otherwise` answers what no route is meant for. */
export function createHttpServer(
  routes: Routes,
  onError: (error: unknown, request: IncomingMessage) => void,
  otherwise: Handle,
): Server {
  const server = createServer((request, response) => {
    serve(routes, otherwise, request, response).catch((error: unknown) => {
      onError(error, request);
      if (!response.headersSent) answer(response, 500, { error: "internal error" });
    });
  });
  server.headersTimeout = HEADERS_DEADLINE_MS;
  server.requestTimeout = REQUEST_DEADLINE_MS;
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/** Tells how a handler's requests were answered, and how many seconds it took. */
export function timed(handle: Handle, onAnswer: (status: number, seconds: number) => void): Handle {
  return (request, response) => {
    const began = performance.now();
    response.once("close", () => onAnswer(response.statusCode, (performance.now() - began) / 1_000));
    return handle(request, response);
  };
}

export function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  response.end(text);
}

async function serve(
  routes: Routes,
  otherwise: Handle,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = ""] = (request.url ?? "").split("?", 1);
  const handle = routes[`${request.method} ${path}`];
  if (handle !== undefined) return handle(request, response);
  const isKnownPath = Object.keys(routes).some((route) => route.endsWith(` ${path}`));
  if (isKnownPath) return answer(response, 405, { error: "method not allowed" });
  return otherwise(request, response);
}
