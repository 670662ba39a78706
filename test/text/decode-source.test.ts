import { expect, test } from "vitest";
import { declaredEncoding, decodeSource } from "../../src/text/decode-source.ts";

test.each([
  ["UTF-8", "x = 'ä'\n"],
  ["a byte order mark", "\uFEFFx = 'ä'\n"],
  ["UTF-8 by name", "# vim: set fileencoding=utf-8 :\nx = 'ä'\n"],
  ["UTF-8 by another name", "#!/usr/bin/python\n# -*- coding: UTF8 -*-\nx = 'ä'\n"],
  ["ASCII by name", "# coding: us-ascii\nx = 1\n"],
  ["a name below the second line", "# a\n# b\n# coding: utf-7\nx = 'ä'\n"],
  ["a name below code", "x = 1\n# coding: utf-7\nx = 'ä'\n"],
  ["a name that is in no comment", "x = 'coding: utf-7'\nx = 'ä'\n"],
])("%s is read as it is", (_, text) => {
  expect(decodeSource(Buffer.from(text))).toEqual({ kind: "text", text });
});

test.each([
  ["latin-1", [0xe4], "ä"],
  ["ISO-8859-15", [0xa4], "€"],
  ["cp1251", [0xe6], "ж"],
  ["koi8-r", [0xd6], "ж"],
  ["shift_jis", [0x83, 0x5c], "ソ"],
  ["euc_jp", [0xa5, 0xbd], "ソ"],
])("what is declared as %s is read so", (name, bytes, character) => {
  const source = Buffer.concat([
    Buffer.from(`# -*- coding: ${name} -*-\nx = '`),
    Buffer.from(bytes),
    Buffer.from("'\n"),
  ]);
  expect(decodeSource(source)).toEqual({ kind: "text", text: `# -*- coding: ${name} -*-\nx = '${character}'\n` });
});

test.each(["utf-7", "unicode_escape", "raw-unicode-escape", "rot13", "idna", "utf-16", "cp037", "nonsense"])(
  "what is declared as %s may be other code than it looks",
  (name) => {
    const source = Buffer.from(`#!/usr/bin/python\n# -*- coding: ${name} -*-\n`);
    expect(decodeSource(source)).toEqual({ kind: "unreadable", reason: "unknown-encoding" });
  },
);

test("what is neither UTF-8 nor says what else is not guessed at", () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a21\nsize 12345\n";
  expect(decodeSource(Buffer.from(pointer))).toEqual({ kind: "unreadable", reason: "in-lfs" });
  expect(decodeSource(Buffer.from(`# ${pointer}`))).toMatchObject({ kind: "text" });
  expect(decodeSource(Buffer.from([0x78, 0xe4]))).toEqual({ kind: "unreadable", reason: "not-utf8" });
});

test("a NUL near the beginning is no text", () => {
  expect(decodeSource(Buffer.from([0x23, 0]))).toEqual({ kind: "unreadable", reason: "binary" });
  expect(decodeSource(Buffer.from([0x1f, 0x8b, 0x08, 0]))).toEqual({ kind: "unreadable", reason: "binary" });
});

test.each([
  "x = 1 \0",
  "# \n\nx = 1\n# \0\ny = 2",
  "\uFEFFx\0",
  "# coding: latin-1\nx = '\xe4' #\0",
  "# coding: utf-7\n\0",
])("what stands before a NUL may be code: %j", (text) => {
  const encoding = text.includes("latin") ? "latin1" : "utf8";
  expect(decodeSource(Buffer.from(text, encoding))).toEqual({ kind: "unreadable", reason: "nul-bytes" });
});

test("a NUL far from the beginning hides nothing: what stands behind it is read, too", () => {
  expect(decodeSource(Buffer.from(`${"x = 1\n".repeat(2_000)}\0y = 2\n`))).toMatchObject({ kind: "text" });
});

test("UTF-8 needs no name", () => {
  expect(declaredEncoding("# coding: utf-8\n")).toBeUndefined();
  expect(declaredEncoding("# coding: Latin_1\n")).toBe("latin-1");
});
