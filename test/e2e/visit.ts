import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** A page that waits for something for this long waits for nothing. */
const PATIENCE_MS = 120_000;

export interface Visit {
  readonly page: Page;
  /** What the page complains about, or asks of others. */
  readonly complaints: readonly string[];
}

/** A page of its own, in a window of 1000 × 800 unless told otherwise. */
export async function visit(
  browser: Browser,
  address: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(address)) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(`${address}${path}`, { waitUntil: "load" });
  return { page, complaints };
}

/** What axe has against the page as it is, by all of its rules, `except` for what the selector finds; axe stays in the window. */
export async function axeProblems(
  page: Page,
  path = new URL(page.url()).pathname,
  except?: string,
): Promise<readonly string[]> {
  if ((await page.evaluate("typeof axe")) === "undefined") await page.evaluate(AXE);
  const context = except === undefined ? "document" : JSON.stringify({ exclude: [[except]] });
  const { violations } = (await page.evaluate(`axe.run(${context}, { resultTypes: ["violations"] })`)) as AxeResults;
  return violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}
