import type { IncomingHttpHeaders } from "node:http";
import type { z } from "zod";
import { Problem } from "./answer.ts";

/** A request as the handlers see it: the prefix of GitHub Enterprise Server is taken off, the body is read. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined where there was no body. */
  readonly body: unknown;
}

/** The body, or 422: GitHub checks it against its schema before it looks at anything else. */
export function readBody<T>(schema: z.ZodType<T>, request: ApiRequest): T {
  const result = schema.safeParse(request.body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join("/") ?? "";
  throw new Problem(422, `Invalid request.\n\nFor '${place}', ${issue?.message ?? "the value is wrong"}.`);
}

/** A whole number of the path. */
export function numberParam(params: Readonly<Record<string, string>>, name: string): number {
  const value = Number(params[name]);
  if (!Number.isInteger(value)) throw new Problem(404, "Not Found");
  return value;
}

export function textParam(params: Readonly<Record<string, string>>, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}

export function wantsMedia(request: ApiRequest, kind: "raw" | "object"): boolean {
  return (request.headers.accept ?? "").includes(`.${kind}`);
}
