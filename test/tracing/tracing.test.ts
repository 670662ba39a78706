import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { startTracing } from "../../src/tracing/tracing.ts";

afterEach(() => vi.unstubAllEnvs());

test("without an exporter nothing is traced, and what is run gives what it gives", async () => {
  for (const environment of [
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: "" },
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_SDK_DISABLED: "true" },
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_TRACES_EXPORTER: "none" },
  ]) {
    const tracing = await startTracing(environment, "1.0.0");
    expect(await tracing.span("review", {}, async () => 7)).toBe(7);
    await tracing.close();
  }
});

test("spans go where the standard variables say, errors by their type alone", async () => {
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    bodies.push(Buffer.concat(parts));
    response.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", url);
  const tracing = await startTracing(process.env, "1.0.0");
  const run = tracing.span("review", { delivery: "delivery-1" }, () =>
    tracing.span("plan", {}, async () => {
      throw new TypeError("SECRET WORDS");
    }),
  );
  await expect(run).rejects.toThrow(TypeError);
  await tracing.close();
  server.close();
  const sent = Buffer.concat(bodies).toString("latin1");
  for (const word of ["review", "plan", "delivery-1", "TypeError", "safepath"]) expect(sent).toContain(word);
  expect(sent).not.toContain("SECRET");
});
