import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BROWSER, openBrowser } from "./browser.ts";
import { type PagesOnLoopback, servePages } from "./pages-on-loopback.ts";
import { axeProblems, visit as visitIn } from "./visit.ts";

const FLOW = `from flask import request
import os

def ping():
    host = request.args["host"]
    os.system("ping " + host)
`;

describe.skipIf(BROWSER === undefined)("in a browser, the playground", () => {
  let pages: PagesOnLoopback;
  let browser: Browser;

  beforeAll(async () => {
    [pages, browser] = await Promise.all([servePages(), openBrowser()]);
  });

  afterAll(async () => {
    await browser.close();
    pages.close();
  });

  const visit = (path: string, options?: BrowserContextOptions) => visitIn(browser, pages.address, path, options);
  const field = (page: Page) => page.getByLabel("Python, or a diff");
  const says = (page: Page, summary: string | RegExp) => page.getByRole("status").getByText(summary).waitFor();

  test("finds, traces and fixes as one types", async () => {
    const { page, complaints } = await visit("/playground");
    await says(page, "1 error");
    await field(page).fill(FLOW);
    await page.getByRole("link", { name: "Shell command built from request data" }).waitFor();
    expect(await page.getByRole("listitem").allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^line 5/u), expect.stringMatching(/^line 6/u)]),
    );
    await field(page).fill(FLOW.replace('os.system("ping " + host)', 'print("pong")'));
    await says(page, "Nothing found");
    expect(await page.getByRole("article").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("goes to the line of a finding that is chosen", async () => {
    const { page } = await visit("/playground");
    await field(page).fill(FLOW);
    await page.getByRole("listitem").getByRole("link", { name: "line 6", exact: true }).press("Enter");
    const chosen = await page.evaluate("document.activeElement.value.slice(code.selectionStart, code.selectionEnd)");
    expect(chosen).toBe('    os.system("ping " + host)');
  });

  test("shares an example in the fragment of a link, which the service never sees", async () => {
    const { page } = await visit("/playground");
    const code = `# ${"é𝒳".repeat(50)}\n${FLOW}`;
    await field(page).fill(code);
    await page.getByLabel("everything worth a look").check();
    await page.getByRole("button", { name: "Copy a link" }).click();
    await says(page, /holds the code itself/u);
    const { hash, search } = new URL(page.url());
    expect(search).toBe("");
    expect(hash).toMatch(/^#audit=on&code=[\w-]+$/u);
    const { page: other, complaints } = await visit(`/playground${hash}`);
    await says(other, /error/u);
    expect(await field(other).inputValue()).toBe(code);
    expect(await other.getByLabel("everything worth a look").isChecked()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("says that a link is damaged, and goes on", async () => {
    const { page, complaints } = await visit("/playground#code=%%%");
    await says(page, "This link is damaged: it holds no code.");
    await field(page).fill(FLOW);
    await says(page, "1 error");
    expect(complaints).toEqual([]);
  });

  test("says it where the service does not answer", async () => {
    const { page } = await visit("/playground");
    await says(page, "1 error");
    await page.route("**/analyse", (route) => route.abort());
    await field(page).fill(FLOW);
    await says(page, /^The service did not answer/u);
  });

  test("works without JavaScript", async () => {
    const { page } = await visit("/playground", { javaScriptEnabled: false });
    expect(await page.getByText("Without JavaScript, press Check.").count()).toBe(1);
    expect(await page.getByRole("button", { name: "Copy a link" }).count()).toBe(0);
    await field(page).fill(FLOW);
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByRole("heading", { name: "1 error" }).waitFor();
    expect(await field(page).inputValue()).toBe(FLOW);
  });

  test("is reached from a rule's page, with the rule's example", async () => {
    const { page } = await visit("/rules/command-injection");
    await page.getByRole("link", { name: "Try it in the playground" }).click();
    await page.getByRole("link", { name: "Shell command built from request data" }).first().waitFor();
  });

  test("is used from the keyboard alone", async () => {
    const { page } = await visit("/playground");
    await says(page, "1 error");
    for (const name of ["Skip", "Safepath", "Rules", "Playground", "code", "audit", "Check", "Copy"]) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate("document.activeElement.name || document.activeElement.textContent");
      expect(focused).toContain(name);
    }
  });

  test("fits 360 pixels, whatever is pasted", async () => {
    const { page } = await visit("/playground", { viewport: { width: 360, height: 740 } });
    await field(page).fill(`${FLOW}${"x".repeat(500)} = 1\n`);
    await says(page, "1 error");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  });

  test.each(["light", "dark"] as const)("passes axe with and without findings, %s", async (colorScheme) => {
    const { page } = await visit("/playground", { colorScheme });
    await says(page, "1 error");
    expect(await axeProblems(page)).toEqual([]);
    const { id } = pages.rules.find(({ bad }) => bad[0]?.before !== undefined) ?? { id: "" };
    await page.goto(`${pages.address}/playground?rule=${id}`);
    await page.getByRole("article").first().waitFor();
    expect(await axeProblems(page)).toEqual([]);
    await field(page).fill("");
    await page.getByRole("article").first().waitFor({ state: "detached" });
    expect(await axeProblems(page)).toEqual([]);
  });
});
