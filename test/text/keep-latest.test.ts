import { expect, test } from "vitest";
import { keepLatest } from "../../src/text/keep-latest.ts";

/** Texts by name; `asked` has each name that was read. */
function shelf(texts: Readonly<Record<string, string>>, most: number) {
  const asked: string[] = [];
  const read = (name: string): string | undefined => {
    asked.push(name);
    return texts[name];
  };
  return { asked, get: keepLatest(read, (text) => text?.length ?? 0, most) };
}

test("what is asked for again is not read again, and neither is what there is not", () => {
  const { asked, get } = shelf({ a: "text" }, 100);
  expect([get("a"), get("b"), get("a"), get("b")]).toEqual(["text", undefined, "text", undefined]);
  expect(asked).toEqual(["a", "b"]);
});

test("where there is no room, what was not asked for the longest is read again", () => {
  const { asked, get } = shelf({ a: "1234", b: "1234", c: "1234" }, 10);
  for (const name of ["a", "b", "a", "c", "a", "b"]) expect(get(name)).toBe("1234");
  expect(asked).toEqual(["a", "b", "c", "b"]);
});

test("what is larger than all the room is given and not kept", () => {
  const { asked, get } = shelf({ a: "12345678" }, 4);
  expect([get("a"), get("a")]).toEqual(["12345678", "12345678"]);
  expect(asked).toEqual(["a", "a"]);
});
