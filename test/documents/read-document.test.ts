import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentFormat } from "../../src/documents/document-format.ts";
import { readDocument } from "../../src/documents/read-document.ts";

function valuesOf(path: string, text: string): readonly (readonly [string, string, number])[] {
  return (readDocument(path, text)?.values ?? []).map(
    ({ name, value, span }) => [name, value, span.start.line] as const,
  );
}

describe("the format of a file", () => {
  test.each([
    ["config/settings.yml", "yaml"],
    [".github/workflows/ci.yaml", "yaml"],
    ["app.json", "json"],
    ["etc/shop.ini", "ini"],
    ["setup.cfg", "ini"],
    ["settings.toml", "toml"],
    [".env", "env"],
    [".env.production", "env"],
    ["deploy/prod.env", "env"],
    ["Dockerfile", "dockerfile"],
    ["docker/web.dockerfile", "dockerfile"],
    ["Dockerfile.dev", "dockerfile"],
    ["shop/templates/order.html", "template"],
    ["roles/web/templates/page.html.j2", "template"],
    ["deploy/id_ed25519", "text"],
    ["tls/server.key", "text"],
    [".env.example", undefined],
    ["settings.sample.yml", undefined],
    ["package-lock.json", undefined],
    ["uv.lock", undefined],
    ["shop/locale/de/words.json", undefined],
    ["environment", undefined],
    ["env", undefined],
    ["shop/views.py", undefined],
    ["README.md", undefined],
  ])("of %s is %s", (path, format) => {
    expect(documentFormat(path)).toBe(format);
  });
});

describe("the values of a file of settings", () => {
  test("of YAML have their keys, of every document, of lists and of items that assign", () => {
    const text = `a:\n  password: one\n  list:\n    - token: "two"\n    - KEY=three\n    - plain\n---\nsecret: 'four'\nnumber: 5\n`;
    expect(valuesOf("a.yml", text)).toEqual([
      ["password", "one", 2],
      ["token", "two", 4],
      ["KEY", "three", 5],
      ["secret", "four", 8],
    ]);
  });

  test("of JSON are read like YAML, on their lines", () => {
    expect(valuesOf("a.json", '{\n  "db": {\n    "password": "one"\n  }\n}\n')).toEqual([["password", "one", 3]]);
  });

  test("of TOML are read in tables, arrays of tables and inline tables", () => {
    const text = '[a.b]\npassword = "one"\n\n[[c]]\ntoken = "two"\nd = { key = "three" }\n';
    expect(valuesOf("a.toml", text)).toEqual([
      ["password", "one", 2],
      ["token", "two", 5],
      ["key", "three", 6],
    ]);
  });

  test("of INI and variables are read without quotes and comments", () => {
    const ini = "[a]\npassword = one ; why\ntoken: two\n# key = three\n";
    expect(valuesOf("a.ini", ini)).toEqual([
      ["password", "one", 2],
      ["token", "two", 3],
    ]);
    expect(valuesOf(".env", "export A='x # y'\nB=two # why\nC=\n")).toEqual([
      ["A", "x # y", 1],
      ["B", "two", 2],
    ]);
  });

  test("of a Dockerfile are read in both forms of ENV, and of ARG", () => {
    const text = 'FROM x\nENV A=one B="two three"\nENV C four\nARG D=five\nRUN E=six make\n';
    expect(valuesOf("Dockerfile", text)).toEqual([
      ["A", "one", 2],
      ["B", "two three", 2],
      ["C", "four", 3],
      ["D", "five", 4],
    ]);
  });

  test("stand where they say", () => {
    for (const [path, text] of [
      ["a.yml", "a:\n  password: one\n  token: 'two'\n"],
      ["a.toml", 'password = "one"\n'],
      ["a.ini", 'x = "one"\r\ny = two\r\n'],
      ["Dockerfile", 'FROM x\nENV A=one B="two"\n'],
    ] as const) {
      const values = readDocument(path, text)?.values ?? [];
      expect(values.length).toBeGreaterThan(0);
      for (const { value, span } of values) expect(text.slice(span.start.offset, span.end.offset)).toBe(value);
    }
  });

  test("are none where the text is something else, whatever it is", () => {
    const anyText = fc.string({
      unit: fc.constantFrom("a", ":", " ", "\n", "- ", "{", "[", '"', "'", "=", "&a", "*a", "#", "\t"),
    });
    fc.assert(
      fc.property(
        anyText,
        fc.constantFrom("a.yml", "a.json", "a.toml", "a.ini", ".env", "Dockerfile"),
        (text, path) => {
          for (const { span } of readDocument(path, text)?.values ?? [])
            expect(span.end.offset).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });

  test("cost no more than their text, and nothing of what is nested without an end", () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 40 }, (_, at) => `b${at}: &b${at} [*a, *a]`).join("\n")}\n`;
    expect(valuesOf("a.yml", bomb)).toEqual([]);
    expect(valuesOf("a.json", "[".repeat(100_000))).toEqual([]);
    expect(valuesOf("a.yml", `x: ${"{a: ".repeat(20_000)}`)).toEqual([]);
    expect(valuesOf("a.ini", `x = 1${" ".repeat(100_000)}y`)).toHaveLength(1);
    expect(valuesOf("Dockerfile", `ENV ${"a".repeat(100_000)}`)).toEqual([]);
  });
});
