import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SHOWN_EXAMPLES } from "../../src/pages/rule-detail-page.ts";
import { type PagesOnLoopback, servePages } from "../e2e/pages-on-loopback.ts";

/** Bytes of a page with everything that it loads, as they are sent. */
const HEAVIEST = 150_000;
/** Bytes of a rule's page before it is compressed: what a browser lays out. */
const LONGEST = 200_000;

let pages: PagesOnLoopback;

beforeAll(async () => {
  pages = await servePages();
});

afterAll(() => pages.close());

function get(path: string, options: RequestInit = {}): Promise<Response> {
  return fetch(`${pages.address}${path}`, { redirect: "manual", ...options });
}

/** As they cross the wire; `fetch` would unpack them. */
function sentBytes(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${pages.address}${path}`, { headers: { "accept-encoding": "gzip" } }, (response) => {
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
      });
      response.on("end", () => resolve(size));
    })
      .on("error", reject)
      .end();
  });
}

describe("the pages of the rules", () => {
  test("are all there, each with its words, a marked place and what is said of it", async () => {
    for (const rule of pages.rules) {
      const response = await get(`/rules/${rule.id}`);
      const page = await response.text();
      expect([rule.id, response.status]).toEqual([rule.id, 200]);
      expect([rule.id, page.includes("<h2>Why it matters</h2>")]).toEqual([rule.id, true]);
      expect([rule.id, page.includes("<h2>What it stands for</h2>")]).toEqual([rule.id, rule.seed.length > 0]);
      const reported = page.slice(page.indexOf("<h2>Reported"), page.indexOf("<h2>Not reported"));
      const figures = reported.split("<figure>").slice(1);
      expect(figures).toHaveLength(Math.min(rule.bad.length, SHOWN_EXAMPLES));
      const unmarked = figures.filter((figure) => !figure.includes("<mark>") || !figure.includes('class="finding"'));
      expect([rule.id, unmarked]).toEqual([rule.id, []]);
      const silent = page.slice(page.indexOf("<h2>Not reported"), page.indexOf("<h2>Not a problem"));
      expect([rule.id, silent.includes('class="finding"')]).toEqual([rule.id, false]);
      expect([rule.id, /#\s*(?:expect|missed|wrong):/u.test(page)]).toEqual([rule.id, false]);
      expect(Buffer.byteLength(page)).toBeLessThan(LONGEST);
    }
    expect(pages.errors).toEqual([]);
  });

  test("draw the way of a value and the change that is offered", async () => {
    const page = await (await get("/rules/sql-injection")).text();
    expect(page).toContain("How the value gets here");
    expect(page).toMatch(/<li class="source">.*line 5/u);
    expect(page).toContain("The change that is offered: Bind the value as a parameter");
    expect(page).toMatch(/class="line added">\+ {4}return db\.execute\(&quot;SELECT/u);
  });

  test("are found from a comment's link, and by a rule's earlier name", async () => {
    const fromComment = await get("/rules/sql-injection.md");
    expect([fromComment.status, fromComment.headers.get("location")]).toEqual([308, "/rules/sql-injection"]);
    const renamed = await get("/rules/torch-load-unsafe.md");
    expect([renamed.status, renamed.headers.get("location")]).toEqual([308, "/rules/model-load-unsafe"]);
  });

  test("refuse everything from elsewhere and everything inline, and hold nothing of either", async () => {
    for (const path of ["/rules", "/rules/sql-injection", "/assets/rules.js"]) {
      const response = await get(path);
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("x-frame-options")).toBe("DENY");
      expect(response.headers.get("x-powered-by")).toBeNull();
      const page = await response.text();
      expect(page).not.toMatch(/<script(?![^>]*\ssrc=")|<style|\sstyle="|\son[a-z]+="/u);
      expect([...page.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="(?!\/)/gu)]).toEqual([]);
    }
  });

  test("are light: the list, the heaviest page, with all that it loads", async () => {
    const page = await (await get("/rules")).text();
    const loaded = [...page.matchAll(/<(?:script|link)[^>]*(?:src|href)="([^"]+)"/gu)].map(([, path = ""]) => path);
    expect(loaded).toContain("/assets/rules.js");
    const sizes = await Promise.all(["/rules", "/assets/minisearch.js", ...loaded].map(sentBytes));
    expect(Math.min(...sizes)).toBeGreaterThan(100);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(HEAVIEST);
  });

  test("are not sent twice to who has them", async () => {
    const tag = (await get("/rules")).headers.get("etag") ?? "";
    expect((await get("/rules", { headers: { "if-none-match": tag } })).status).toBe(304);
  });

  test("answer what is not there without saying more", async () => {
    for (const [path, error] of [
      ["/rules/no-such-rule", "no such rule"],
      ["/rules/__proto__", "no such rule"],
      ["/assets/../package.json", "not found"],
      ["/assets/constructor", "not found"],
    ] as const) {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error });
    }
  });

  test("lead who reads on from an address where nothing is, to the rule that was meant", async () => {
    const readBy = { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } };
    const misspelt = await get("/rules/sql-injektion", readBy);
    expect([misspelt.status, misspelt.headers.get("cache-control")]).toEqual([404, "no-store"]);
    expect(await misspelt.text()).toContain('Did you mean <a href="/rules/sql-injection">');
    for (const path of ["/elsewhere", `/rules/${"sql-injection".repeat(500)}`, "/rules/%3Cimg%20src=x%3E"]) {
      const response = await get(path, readBy);
      const page = await response.text();
      expect(response.status).toBe(404);
      expect(page).toContain('<a href="/rules">All rules</a>');
      expect(page).not.toContain("<img");
    }
  });

  test("say of trouble that there is some, and log the rest", async () => {
    const broken = await servePages(undefined, undefined, {
      analyse: () => Promise.reject(new Error("/srv/safepath/secret is missing")),
      close: async () => {},
    });
    try {
      for (const [accept, words] of [
        ["text/html", "The page could not be drawn."],
        ["application/json", '{"error":"something went wrong"}'],
      ] as const) {
        const response = await fetch(`${broken.address}/rules/sql-injection`, { headers: { accept } });
        const text = await response.text();
        expect(response.status).toBe(500);
        expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
        expect(text).toContain(words);
        expect(text).not.toContain("/srv");
      }
      expect(broken.errors.map(String)).toEqual(Array(2).fill("Error: /srv/safepath/secret is missing"));
    } finally {
      broken.close();
    }
  });

  test("draw what stands in a rule's title as code, and as plain words where there is no room for it", async () => {
    const page = await (await get("/rules/assert-used-for-check")).text();
    expect(page).toContain("<h1>Check that <code>python -O</code> takes out</h1>");
    expect(page).toContain("<title>Check that python -O takes out (assert-used-for-check) · Safepath</title>");
    expect(await (await get("/rules")).text()).toContain("Check that <code>python -O</code> takes out</a>");
  });
});
