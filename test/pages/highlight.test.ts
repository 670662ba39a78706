import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawCode, languageOf } from "../../src/pages/highlight.ts";

const anyCode = fc.string({
  unit: fc.constantFrom("a", " ", "\n", '"', "'", "<", ">", "&", "#", "f", "{", "}", "=", ";", "1", "é", "𝒳"),
});
const anyMark = fc.record({ line: fc.integer({ min: 1, max: 5 }), from: fc.nat(12), to: fc.nat(20) });

function textOf(drawn: string): string {
  const text = drawn.replace(/<[^>]*>/gu, "").replace(/\n$/u, "");
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}

describe("drawn code", () => {
  test("shows what would turn round the rest of its line, and what nobody sees", () => {
    expect(textOf(drawCode('role = "\u202eresu"  # \u200bx\n\tpass', "python"))).toBe(
      'role = "⟨U+202E⟩resu"  # ⟨U+200B⟩x\n\tpass',
    );
  });

  test("says the same text, whatever is marked in it", () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.array(anyMark, { maxLength: 4 }),
        fc.constantFrom("python", "yaml", "text"),
        (code, marked, language) => {
          expect(textOf(drawCode(code, language, marked))).toBe(code);
        },
      ),
    );
  });

  test("closes on each line what it opens there", () => {
    fc.assert(
      fc.property(anyCode, fc.array(anyMark, { maxLength: 4 }), (code, marked) => {
        for (const line of drawCode(code, "python", marked).split(/(?<=\n<\/span>)/u)) {
          const open: string[] = [];
          for (const [, slash, name = ""] of line.matchAll(/<(\/?)(\w+)[^>]*>/gu)) {
            if (slash === "") open.push(name);
            else expect(open.pop()).toBe(name);
          }
          expect(open).toEqual([]);
        }
      }),
    );
  });

  test("marks the columns of a finding across words", () => {
    const drawn = drawCode("run(f'{x}')", "python", [{ line: 1, from: 4, to: 10 }]);
    expect(textOf(drawn.match(/<mark>(.*)<\/mark>/u)?.[1] ?? "")).toBe("f'{x}'");
  });

  test("keeps a string over several lines a string on each", () => {
    const lines = drawCode('x = """a\nb"""', "python").split("\n");
    expect(lines[1]).toContain('<span class="hljs-string">b');
  });
});

test("a file's language is known by its name, and unknown ones are plain text", () => {
  const names = ["a.py", "a.yml", "a.html", "Dockerfile", "pyproject.toml", ".env", "requirements.txt"];
  expect(names.map(languageOf)).toEqual(["python", "yaml", "xml", "dockerfile", "ini", "ini", "text"]);
});
