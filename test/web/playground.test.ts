import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createChildPool } from "../../src/engine/child-pool.ts";
import { type PagesOnLoopback, servePages } from "../e2e/pages-on-loopback.ts";
import { HOSTILE_PASTES } from "./hostile-pastes.ts";

const FLOW = `from flask import request
import sqlite3

def search():
    name = request.args["name"]
    return sqlite3.connect("shop.db").execute(f"SELECT * FROM users WHERE name = '{name}'")
`;

let pages: PagesOnLoopback;

beforeAll(async () => {
  pages = await servePages();
});

afterAll(() => pages.close());

function post(code: string, { path = "/playground/analyse", more = {}, headers = {} } = {}): Promise<Response> {
  return fetch(`${pages.address}${path}`, { method: "POST", body: new URLSearchParams({ code, ...more }), headers });
}

async function resultOf(code: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await post(code, { more });
  expect(response.status).toBe(200);
  return response.text();
}

describe("the playground", () => {
  test("says what a review would say of Python: the place, the way of the value, the change that is offered", async () => {
    const result = await resultOf(FLOW);
    expect(result).toMatch(/data-summary="1 error/u);
    expect(result).toContain('href="/rules/sql-injection"');
    expect(result).toContain("How the value gets here");
    expect(result).toContain('<a href="#code" data-line="6">line 6</a>');
    expect(result).toMatch(/<mark>/u);
  });

  test("says of a diff what it adds, on the lines of its file", async () => {
    const base = FLOW.replace("f\"SELECT * FROM users WHERE name = '{name}'\"", '"SELECT 1"');
    const lines = FLOW.trimEnd().split("\n");
    const diff = `diff --git a/shop/find.py b/shop/find.py
--- a/shop/find.py
+++ b/shop/find.py
@@ -1,6 +1,6 @@
${lines
  .slice(0, 5)
  .map((line) => ` ${line}`)
  .join("\n")}
-${base.split("\n")[5]}
+${lines[5]}
`;
    const result = await resultOf(diff);
    expect(result).toMatch(/data-summary="1 error/u);
    expect(result).toContain("<code>shop/find.py</code>");
    expect(result).toMatch(/class="line reported added"/u);
    expect(await resultOf(diff.replace(`-${base.split("\n")[5]}`, `-${lines[5]}`))).toContain("Nothing found in what");
  });

  test("follows an import from one file of a diff to another, and names what it leaves out", async () => {
    const added = (path: string, text: string) => {
      const lines = text.trimEnd().split("\n");
      const body = lines.map((line) => `+${line}\n`).join("");
      return `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${body}`;
    };
    const helper = "import os\n\ndef run(line):\n    os.system(line)\n";
    const view = "from flask import request\nfrom tools import run\n\ndef go():\n    run(request.args['x'])\n";
    const result = await resultOf(added("tools.py", helper) + added("view.py", view) + added("notes.md", "words\n"));
    expect(result).toContain('href="/rules/command-injection"');
    expect(result).toContain("Not looked at: <code>notes.md</code>");
  });

  test("looks closer where it is asked to", async () => {
    const code = "import subprocess\n\nsubprocess.run(['ls'])\n";
    expect(await resultOf(code)).toContain("Nothing found");
    expect(await resultOf(code, { audit: "on" })).toContain("/rules/subprocess-");
  });

  test("shows nothing of a paste as markup", async () => {
    const hostile = `"""</textarea><script>alert(1)</script>"""\nimport os\nos.system("<img src=x>" + input())\n`;
    const page = await (await post(hostile, { path: "/playground" })).text();
    expect(page).not.toContain("<script>alert");
    expect(page).not.toContain("<img");
    const path = `diff --git a/x.py b/x.py\n--- a/<b>x.py\n+++ b/<b>x.py\n@@ -1 +1 @@\n-a\n+eval(input())\n`;
    expect(await resultOf(path)).not.toContain("<b>");
  });

  test("works without JavaScript: the form comes back with what is said of its code", async () => {
    const page = await (await post(FLOW, { path: "/playground" })).text();
    expect(page).toContain("<h1>Playground</h1>");
    expect(page).toContain("name = request.args[&quot;name&quot;]");
    expect(page).toContain("How the value gets here");
  });

  test("starts with the example of a rule; one of a change is a diff", async () => {
    const { id } = pages.rules.find(({ bad }) => bad[0]?.before !== undefined) ?? { id: "" };
    const page = await (await fetch(`${pages.address}/playground?rule=${id}`)).text();
    expect(page).toMatch(/\n--- a\/[\w/]+\.py\n\+\+\+ b\//u);
    expect(await (await fetch(`${pages.address}/playground`)).text()).toContain("request.args");
    expect(await (await fetch(`${pages.address}/playground?rule=no-such-rule`)).text()).toContain("Playground</h1>");
  });

  test("refuses what is too large, and takes what is no form for nothing", async () => {
    const tooLarge = await post("x".repeat(70_000));
    expect([tooLarge.status, await tooLarge.text()]).toEqual([413, expect.stringContaining("64 kB")]);
    const farTooLarge = await post("é".repeat(300_000));
    expect(farTooLarge.status).toBe(413);
    const json = await fetch(`${pages.address}/playground/analyse`, { method: "POST", body: '{"code": "x"}' });
    expect(await json.text()).toContain("Nothing found");
  });

  test("does not say that nothing was found of what it could not look at", async () => {
    const summaryOf = async (code = "") => /data-summary="([^"]*)"/u.exec(await resultOf(code))?.[1];
    const nested = `${HOSTILE_PASTES["nested brackets"]}\nexec(x)\n`;
    expect(await summaryOf(nested)).toBe("Not all of it could be analysed");
    expect(await summaryOf("some words\n")).toBe("Nothing found, but not all of it is Python");
  });

  test("says of a diff that contradicts itself that it is none", async () => {
    expect(await resultOf("--- a\n+++ b\n@@ -1,9 +1,1 @@\n-a\n+b\n")).toContain("begins like a diff and is none");
  });

  test("is kept by nobody on the way, and has the policy of all pages", async () => {
    const { headers } = await post("x = 1\n");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("asks an address that wants too much to come again, and serves the others", async () => {
    const few = await servePages(undefined, { proxies: 1, guests: { perMinute: 2, atOnce: 1 } });
    const ask = async (forwarded: string) => {
      const body = new URLSearchParams({ code: "x = 1" });
      const headers = { "x-forwarded-for": forwarded };
      const { status, headers: sent } = await fetch(`${few.address}/playground/analyse`, {
        method: "POST",
        body,
        headers,
      });
      return [status, Number(sent.get("retry-after"))];
    };
    try {
      expect(await ask("1.1.1.1")).toEqual([200, 0]);
      expect(await ask("9.9.9.9, 1.1.1.1")).toEqual([200, 0]);
      expect(await ask("1.1.1.1")).toEqual([429, expect.any(Number)]);
      expect(await ask("2.2.2.2")).toEqual([200, 0]);
      expect(await ask("2001:db8::1")).toEqual([200, 0]);
      expect(await ask("2001:db8:0:0:ffff::2")).toEqual([200, 0]);
      expect(await ask("2001:db8::3")).toEqual([429, expect.any(Number)]);
    } finally {
      few.close();
    }
  });
});

describe("the playground with children of its own", () => {
  test("answers every paste that is made to be a burden, and the next one as before", async () => {
    const engine = createChildPool({ size: 1 });
    const alive = await servePages(undefined, { guests: { perMinute: 10_000, atOnce: 1 } }, engine);
    const ask = (code: string) =>
      fetch(`${alive.address}/playground/analyse`, { method: "POST", body: new URLSearchParams({ code }) });
    try {
      for (const [name, code] of Object.entries(HOSTILE_PASTES)) {
        const response = await ask(code);
        expect([name, response.status]).toEqual([name, 200]);
        expect([name, await response.text()]).toEqual([name, expect.stringContaining("data-summary=")]);
      }
      expect(await (await ask(FLOW)).text()).toMatch(/data-summary="1 error/u);
      expect(alive.errors).toEqual([]);
    } finally {
      alive.close();
      await engine.close();
    }
  });
});
