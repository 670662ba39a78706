import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linkTo } from "../../src/review/links.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { BROWSER, openBrowser } from "./browser.ts";
import { type PagesOnLoopback, servePages } from "./pages-on-loopback.ts";
import { axeProblems, visit as visitIn } from "./visit.ts";

/** A look at every page, on a machine that others use too. */
const EVERY_PAGE_MS = 300_000;

describe.skipIf(BROWSER === undefined)("in a browser, the pages of the rules", () => {
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

  test("search, and show how many they found", async () => {
    const { page, complaints } = await visit("/rules");
    await page.getByRole("searchbox", { name: "Search" }).fill("sql inj");
    await page
      .getByRole("status")
      .getByText(/^\d+ of \d+ rules$/u)
      .waitFor();
    expect(await shownIds(page)).toContain("sql-injection");
    expect(await shownIds(page)).not.toContain("weak-hash");
    await page.getByRole("searchbox", { name: "Search" }).fill("B608");
    expect(await shownIds(page)).toEqual(
      expect.arrayContaining(pages.rules.filter(({ codes }) => codes.includes("B608")).map(({ id }) => id)),
    );
    expect(complaints).toEqual([]);
  });

  test("filter by section, level, weakness and library, together", async () => {
    const { page } = await visit("/rules");
    const idsOf = (fits: (rule: PagesOnLoopback["rules"][number]) => boolean) =>
      pages.rules
        .filter(fits)
        .map(({ id }) => id)
        .toSorted();
    await page.getByLabel("Section").selectOption("cryptography");
    expect(await shownIds(page)).toEqual(idsOf(({ section }) => section === "cryptography"));
    await page.getByLabel("Level").selectOption("error");
    expect(await shownIds(page)).toEqual(
      idsOf(({ section, level }) => section === "cryptography" && level === "error"),
    );
    await page.getByLabel("Section").selectOption("any");
    await page.getByLabel("Level").selectOption("any");
    await page.getByLabel("Weakness").selectOption("CWE-89");
    expect(await shownIds(page)).toEqual(idsOf(({ cwe, furtherCwes }) => [cwe, ...furtherCwes].includes("CWE-89")));
    await page.getByLabel("Library").selectOption("flask");
    expect(await shownIds(page)).toContain("sql-injection");
    await page.reload();
    expect(await page.getByLabel("Weakness").inputValue()).toBe("CWE-89");
    expect(await shownIds(page)).toContain("sql-injection");
  });

  test("are all shown again at a press of a button, also where nothing was found", async () => {
    const { page } = await visit("/rules?q=zzzz&level=error");
    await page.getByRole("status").getByText("No rule fits all of this.").waitFor();
    await page.getByRole("button", { name: "Show all rules" }).click();
    await page.getByRole("button", { name: "Show all rules" }).waitFor({ state: "hidden" });
    expect(await shownIds(page)).toHaveLength(pages.rules.length);
    expect(new URL(page.url()).search).toBe("");
  });

  test("are printed whole: code is broken into lines, what cannot be pressed on paper is left out", async () => {
    const { page } = await visit("/rules/sql-injection", NARROW);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("link", { name: "Try it in the playground" }).isVisible()).toBe(false);
    const cut = "[...document.querySelectorAll('pre')].filter((pre) => pre.scrollWidth > pre.clientWidth).length";
    expect(await page.evaluate(cut)).toBe(0);
    await page.emulateMedia({ media: "screen" });
    expect(await page.evaluate(cut)).toBeGreaterThan(0);
  });

  test("are reached by the link of a comment", async () => {
    const repositoryUrl = "https://github.com/acme/shop";
    const links = linkTo(
      { repositoryUrl, rulePages: `${pages.address}/rules` },
      { headSha: "0123abc", baseSha: "4567def" },
    );
    const { page, complaints } = await visit("/rules");
    for (const { id, title } of pages.rules.slice(0, 10)) {
      await page.goto(links.rulePage(id));
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(title.replaceAll("`", ""));
    }
    expect(complaints).toEqual([]);
  });

  test("are dark where the reader's system is", async () => {
    const backgrounds = await Promise.all(
      (["light", "dark"] as const).map(async (colorScheme) => {
        const { page } = await visit("/rules/sql-injection", { colorScheme });
        return page.evaluate("getComputedStyle(document.body).backgroundColor");
      }),
    );
    expect(backgrounds).toEqual(["rgb(255, 255, 255)", "rgb(13, 17, 23)"]);
  });

  test("say everything without JavaScript", async () => {
    const { page } = await visit("/rules", { javaScriptEnabled: false });
    expect(await page.locator("li[data-id]").count()).toBe(pages.rules.length);
    expect(await page.getByRole("searchbox").count()).toBe(0);
    await page.getByRole("link", { name: "SQL statement built from request data" }).click();
    expect(await page.locator("mark").count()).toBeGreaterThan(3);
  });

  test("are read from the keyboard alone", async () => {
    const { page } = await visit("/rules");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/#content$/u);
    await page.keyboard.press("Tab");
    await page.keyboard.type("sql-injection");
    await page.getByRole("status").getByText(/of/u).waitFor();
    expect(await shownIds(page)).toContain("sql-injection");
  });

  test(
    "fit 360 pixels and are built for a screen reader, whichever rule it is, and pass axe with each thing that one may show",
    async () => {
      const left = pages.rules.map(({ id }) => `/rules/${id}`);
      const problems: string[] = [];
      const complaints: (readonly string[])[] = [];
      const seen = new Set<string>();
      const lookAtTheRest = async (): Promise<void> => {
        const window = await visit("/rules", NARROW);
        complaints.push(window.complaints);
        for (let path = left.pop(); path !== undefined; path = left.pop()) {
          const drawn = await (await fetch(`${pages.address}${path}`)).text();
          await window.page.setContent(drawn);
          problems.push(...(await fitProblems(window.page, path)));
          const things = ((await window.page.evaluate(THINGS)) as readonly string[]).filter(
            (thing) => !seen.has(thing),
          );
          if (things.length === 0) continue;
          for (const thing of things) seen.add(thing);
          problems.push(...(await axeProblems(window.page, path, WORDS_OF_CODE)));
        }
      };
      await Promise.all(Array.from({ length: WINDOWS }, lookAtTheRest));
      expect(problems).toEqual([]);
      expect(complaints.flat()).toEqual([]);
      expect(seen.size).toBeGreaterThan(50);
    },
    EVERY_PAGE_MS,
  );

  test("lead on from an address that has no page, which passes axe too", async () => {
    const { page } = await visit("/rules/sql-injektion", NARROW);
    expect([...(await axeProblems(page)), ...(await fitProblems(page, "/rules/sql-injektion"))]).toEqual([]);
    await page.getByRole("link", { name: "sql-injection" }).click();
    await page.getByRole("heading", { name: "SQL statement built from request data" }).waitFor();
  });

  test("pass axe and fit 360 pixels as a list, light and dark", async () => {
    const problems = await Promise.all(
      (["light", "dark"] as const).map(async (colorScheme) => {
        const { page } = await visit("/rules", { ...NARROW, colorScheme });
        return [...(await axeProblems(page)), ...(await fitProblems(page, "/rules"))];
      }),
    );
    expect(problems.flat()).toEqual([]);
  });

  test.each(["light", "dark"] as const)("pass axe with everything that a page can have, %s", async (colorScheme) => {
    const { page } = await visit("/rules", { colorScheme });
    const problems: string[] = [];
    for (const { id } of telling(pages.rules)) {
      await page.goto(`${pages.address}/rules/${id}`, { waitUntil: "load" });
      problems.push(...(await axeProblems(page)));
    }
    expect(problems).toEqual([]);
  });
});

/** Hundreds on a page, of a dozen colours, which the pages that have everything show in light and dark. */
const WORDS_OF_CODE = "pre span";

/** Each element outside of code with its class, its role and where it stands: axe judges by these, whatever the words. */
const THINGS = `[...document.querySelectorAll("body *:not(pre *)")].map((one) => {
  const told = ({ tagName, className, role }) => [tagName, className, role].join(".");
  return told(one.parentElement) + " > " + told(one);
})`;

/** Side by side. */
const WINDOWS = 2;
/** As narrow as a telephone. */
const NARROW = { viewport: { width: 360, height: 740 } };

async function fitProblems(page: Page, path: string): Promise<readonly string[]> {
  const width = await page.evaluate("document.documentElement.scrollWidth");
  const problems = (await page.evaluate(STRUCTURE)) as readonly string[];
  return [...(width === NARROW.viewport.width ? [] : [`is ${width} pixels wide`]), ...problems].map(
    (problem) => `${path}: ${problem}`,
  );
}

/** What a screen reader and a keyboard need and axe does not ask for. */
const STRUCTURE = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const levels = all("h1, h2, h3, h4").map(({ tagName }) => Number(tagName.slice(1)));
  const ids = all("[id]").map(({ id }) => id);
  return [
    ...(all("h1").length === 1 && levels[0] === 1 ? [] : ["not one heading of the first level"]),
    ...levels.flatMap((level, at) => (level > (levels[at - 1] ?? 0) + 1 ? ["skips a level before heading " + at] : [])),
    ...all("h1, h2, h3, a, button, figcaption").flatMap((one) => (one.textContent.trim() === "" ? ["no words in " + one.outerHTML] : [])),
    ...all("pre").flatMap((one) => (one.tabIndex === 0 ? [] : ["out of the keyboard's reach: " + one.outerHTML.slice(0, 80)])),
    ...all("input, select, textarea").flatMap((one) => (one.labels.length === 1 ? [] : ["no label: " + one.outerHTML])),
    ...(new Set(ids).size === ids.length ? [] : ["an id twice"]),
  ];
})()`;

/** One rule for each thing that a page may have: colours are of the things, not of the words. */
function telling(rules: readonly Rule[]): readonly Rule[] {
  const things: readonly ((rule: Rule) => boolean)[] = [
    ({ id }) => id === "sql-injection",
    ({ bad }) => bad.some(({ before }) => before !== undefined),
    ({ bad }) => bad.some(({ path }) => path.endsWith(".toml")),
    ({ bad }) => bad.some(({ path }) => path.endsWith(".txt")),
    ({ level, levelWhenAdded }) => level === "note" && levelWhenAdded !== undefined,
    ({ profile, level }) => profile === "audit" && level === "warning",
    ({ limits, fix }) => limits === undefined && fix?.applicability === "unsafe",
  ];
  return [...new Set(things.flatMap((has) => rules.find(has) ?? []))];
}

async function shownIds(page: Page): Promise<readonly string[]> {
  const ids = await page
    .locator("li[data-id]:visible")
    .evaluateAll((entries) =>
      entries.map((entry) => String((entry as unknown as { dataset: { id: string } }).dataset.id)),
    );
  return ids.toSorted();
}
