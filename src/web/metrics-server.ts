import { createServer, type Server } from "node:http";

export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

/** `/metrics` on a port of its own: whoever reaches the service from outside does not reach it. */
export function createMetricsServer(metrics: MetricsText, onError: (error: unknown) => void): Server {
  return createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      (error: unknown) => {
        onError(error);
        response.writeHead(500).end();
      },
    );
  });
}
