import { createServer } from "node:http";
import type { OsvRecord } from "../../src/packages/osv-record.ts";
import { affects } from "../../src/packages/osv-record.ts";
import { listenUntilTestEnds } from "./until-test-ends.ts";

export interface OsvServer {
  readonly url: string;
  /** `POST /v1/querybatch 300`: the number of queries behind it. */
  readonly requests: string[];
  /** Answers nothing at all while true. */
  silent: boolean;
  /** Answers 500 for paths that hold this. */
  broken: string | undefined;
}

interface Query {
  readonly package: { readonly ecosystem: string; readonly name: string };
  readonly version: string;
  readonly page_token?: string;
}

/** OSV's interface over some records, on loopback; one id a page. */
export async function startOsvServer(records: readonly OsvRecord[]): Promise<OsvServer> {
  const state = { url: "", requests: [] as string[], silent: false, broken: undefined as string | undefined };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      const queries: readonly Query[] = body === "" ? [] : JSON.parse(body).queries;
      state.requests.push(`${request.method} ${request.url}${body === "" ? "" : ` ${queries.length}`}`);
      if (state.silent) return;
      const isBroken = state.broken !== undefined && request.url?.includes(state.broken);
      const id = /^\/v1\/vulns\/(.+)$/.exec(request.url ?? "")?.[1];
      const answer = id === undefined ? { results: queries.map(resultOf) } : records.find((record) => record.id === id);
      response
        .writeHead(isBroken ? 500 : 200, { "content-type": "application/json" })
        .end(JSON.stringify(answer ?? {}));
    });
  });
  const resultOf = ({ package: { name }, version, page_token: page = "0" }: Query) => {
    const about = records.filter((record) => affects(record, name, version));
    const at = Number(page);
    const vulns = about.slice(at, at + 1).map(({ id }) => ({ id, modified: "2026-01-01T00:00:00Z" }));
    return about.length === 0 ? {} : { vulns, ...(about.length > at + 1 && { next_page_token: String(at + 1) }) };
  };
  state.url = await listenUntilTestEnds(server);
  return state;
}

/** A record as OSV's schema has it. */
export function record(
  id: string,
  name: string,
  events: readonly Readonly<Record<string, string>>[],
  more: object = {},
): OsvRecord {
  const affected = [
    { package: { ecosystem: "PyPI", name }, ranges: [{ type: "ECOSYSTEM", events: [...events] }], versions: [] },
  ];
  return { id, aliases: [], severity: [], affected, ...more } as OsvRecord;
}
