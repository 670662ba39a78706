import { type Answer, ok } from "./answer.ts";
import type { ApiRequest } from "./request.ts";

/** GitHub's documented page sizes. */
export const defaultPageSize = 30;
export const largestPageSize = 100;

export interface Page<T> {
  readonly items: readonly T[];
  readonly headers: Readonly<Record<string, string>>;
}

/** One page of a list, with GitHub's `Link` header where there are others. */
export function pageOf<T>(request: ApiRequest, root: string, all: readonly T[], limit = largestPageSize): Page<T> {
  const size = clamp(request.query.get("per_page"), defaultPageSize, limit);
  const page = clamp(request.query.get("page"), 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(all.length / size));
  const relations: [string, number][] = [];
  if (page > 1) relations.push(["prev", page - 1]);
  if (page < last) relations.push(["next", page + 1], ["last", last]);
  if (page > 1) relations.push(["first", 1]);
  const link = relations.map(([name, to]) => `<${pageUrl(request, root, to)}>; rel="${name}"`).join(", ");
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: link === "" ? {} : { link },
  };
}

/** A page of a list that is answered bare. */
export function answerPage<T>(
  request: ApiRequest,
  root: string,
  all: readonly T[],
  shape: (item: T) => unknown,
): Answer {
  const page = pageOf(request, root, all);
  return { ...ok(page.items.map(shape)), headers: page.headers };
}

function pageUrl(request: ApiRequest, root: string, page: number): string {
  const query = new URLSearchParams(request.query);
  query.set("page", String(page));
  return `${root}${request.path}?${query}`;
}

/** GitHub answers with the nearest allowed number rather than refusing. */
function clamp(text: string | null, standard: number, most: number): number {
  const value = Number(text);
  if (text === null || !Number.isInteger(value) || value < 1) return standard;
  return Math.min(value, most);
}
