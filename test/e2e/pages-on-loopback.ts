import type { AddressInfo } from "node:net";
import type { Engine } from "../../src/analysis/analyser.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { createInProcessEngine } from "../../src/engine/in-process.ts";
import { loadRules } from "../../src/engine/load-rules.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { createHttpServer } from "../../src/web/http-server.ts";
import { createPages, type PagesOptions } from "../../src/web/pages.ts";

export interface PagesOnLoopback {
  readonly address: string;
  readonly rules: readonly Rule[];
  readonly errors: readonly unknown[];
  close(): void;
}

/** The pages as the service serves them, with all rules and the real analysis, in this process unless an engine is given. */
export async function servePages(
  now: () => Date = () => new Date("2026-06-01T12:00:00Z"),
  options: Pick<PagesOptions, "proxies" | "guests"> = { guests: { perMinute: 10_000, atOnce: 4 } },
  ownEngine?: Engine,
): Promise<PagesOnLoopback> {
  const ruleSet = await loadRules();
  const { rules } = ruleSet;
  const errors: unknown[] = [];
  const analyse = createAnalyse({ parser: await chooseParser(), ruleSet, detectors: DETECTORS });
  const engine = ownEngine ?? createInProcessEngine(analyse, (trouble) => errors.push(trouble));
  const onError = (error: unknown) => errors.push(error);
  const clock = { now, sleep: () => Promise.reject(new Error("pages do not sleep")) };
  const server = createHttpServer({}, onError, createPages({ engine, rules, clock, onError, ...options }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    rules,
    errors,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
