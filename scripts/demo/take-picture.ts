import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

/** Where Debian and Ubuntu put the browser. */
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Draws a page, or the part of it that `selector` names, into a PNG file. Throws where there is no Chromium. */
export async function takePicture(html: string, file: string, selector?: string): Promise<void> {
  const executablePath = BROWSERS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error(`No Chromium in ${BROWSERS.join(", ")}`);
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    await page.setContent(html);
    if (selector === undefined) await page.screenshot({ path: file, fullPage: true });
    else await page.locator(selector).first().screenshot({ path: file });
  } finally {
    await browser.close();
  }
}
