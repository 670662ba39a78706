import type { Readable } from "node:stream";

/** GitHub sends no larger delivery. */
const LARGEST_BODY = 25 * 1024 * 1024;

/** Bytes of all bodies that are being read: until its signature is checked, a body may be anybody's. */
const MOST_HELD = 8 * LARGEST_BODY;

export type Body = { readonly text: string } | "too-large" | "busy";

export interface BodyRequest extends Readable {
  readonly headers: { readonly "content-length"?: string | undefined };
}

/** Reads bodies byte for byte, as they were signed; of one that is refused no more is held as soon as that is known. */
export function createBodyReader(largest = LARGEST_BODY, most = MOST_HELD) {
  let held = 0;
  return async (request: BodyRequest): Promise<Body> => {
    if (Number(request.headers["content-length"] ?? 0) > largest) return "too-large";
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        held += chunk.length;
        if (size > largest) return "too-large";
        if (held > most) return "busy";
        chunks.push(chunk);
      }
      return { text: Buffer.concat(chunks).toString("utf8") };
    } finally {
      held -= size;
    }
  };
}
