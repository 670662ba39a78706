import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Absent where no browser is installed: tests say so and are skipped. */
export const BROWSER: string | undefined = CANDIDATES.find((path) => existsSync(path));

if (BROWSER === undefined) {
  console.warn(`SKIPPED: tests in a browser. None of ${CANDIDATES.join(", ")} is there; apt-get install chromium`);
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(BROWSER !== undefined && { executablePath: BROWSER }),
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
}
