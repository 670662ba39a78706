import type { IncomingMessage } from "node:http";

/** GitHub sends no larger delivery. */
export const LARGEST_BODY = 25 * 1024 * 1024;

/** The body byte for byte, as it was signed; `too-large` as soon as that is known, and no more of it is held. */
export async function readBody(request: IncomingMessage): Promise<string | "too-large"> {
  if (Number(request.headers["content-length"] ?? 0) > LARGEST_BODY) return "too-large";
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return "too-large";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
