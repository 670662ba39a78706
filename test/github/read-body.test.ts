import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { type BodyRequest, createBodyReader } from "../../src/github/read-body.ts";

test("a body is read byte for byte", async () => {
  const bytes = Buffer.from('{"name": "caf\u00e9"}');
  const parts = [...bytes].map((byte) => Buffer.from([byte]));
  expect(await createBodyReader()(request(parts))).toEqual({ text: bytes.toString() });
});

test("a body is refused by its length before it is read", async () => {
  const large = request([Buffer.alloc(11)], { "content-length": "11" });
  expect(await createBodyReader(10)(large)).toBe("too-large");
  expect(large.readableDidRead).toBe(false);
});

test("a body is refused as soon as it is too long", async () => {
  const endless = request(
    (function* () {
      for (;;) yield Buffer.alloc(4);
    })(),
  );
  expect(await createBodyReader(10)(endless)).toBe("too-large");
});

test("bodies that are together too long are refused until others have been read", async () => {
  const read = createBodyReader(10, 15);
  const slow = new PassingParts();
  const first = read(slow);
  await slow.pass(Buffer.alloc(8));
  expect(await read(request([Buffer.alloc(8)]))).toBe("busy");
  await slow.pass(null);
  expect(await first).toMatchObject({ text: "\0".repeat(8) });
  expect(await read(request([Buffer.alloc(8)]))).not.toBe("busy");
});

function request(parts: Iterable<Buffer>, headers: BodyRequest["headers"] = {}): BodyRequest {
  return Object.assign(Readable.from(parts), { headers });
}

/** A body whose parts come when the test says so. */
class PassingParts extends Readable {
  readonly headers = {};

  override _read(): void {}

  async pass(part: Buffer | null): Promise<void> {
    this.push(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
