import fc from "fast-check";
import { expect, test } from "vitest";
import { readMarker, signMarkers, withoutMarker, writeMarker } from "../../src/review/marker.ts";
import type { Marker } from "../../src/review/review-plan.ts";

const sign = signMarkers("key", "1:7");
const marker: Marker = { state: "open", bodyHash: "00ff", handled: 7, fingerprints: ["a--> <b", "c"] };

test("a marker is read back as it was written, and ends its HTML comment nowhere else", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
      const fingerprints = texts.map((text) => text.toWellFormed());
      const line = writeMarker({ ...marker, fingerprints }, sign);
      expect(readMarker(`${line}\n\nbody`, sign)).toEqual({ ...marker, fingerprints });
      expect(line.indexOf("-->")).toBe(line.length - 3);
    }),
  );
});

test("a marker that somebody else made is not believed", () => {
  const line = writeMarker(marker, sign);
  const other = Buffer.from(JSON.stringify(["gone", "00ff", "c"])).toString("base64");
  expect(readMarker(line, signMarkers("another key", "1:7"))).toBeUndefined();
  expect(readMarker(line, signMarkers("key", "1:8"))).toBeUndefined();
  expect(readMarker(line.replace(/1 \S+ /u, `1 ${other} `), sign)).toBeUndefined();
  expect(readMarker(line.replace(/ \S+ -->/u, " -->"), sign)).toBeUndefined();
});

test("a marker below the first line is text", () => {
  expect(readMarker(`quoted:\n${writeMarker(marker, sign)}`, sign)).toBeUndefined();
});

test("a body without its marker is what a reader sees", () => {
  expect(withoutMarker(`${writeMarker(marker, sign)}\r\n\r\nbody`)).toBe("body");
  expect(withoutMarker("body")).toBe("body");
});
