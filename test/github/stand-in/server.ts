import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, Problem } from "./answer.ts";
import { type Actor, requireAccess, requireApp, type Tokens } from "./auth.ts";
import type { Contract } from "./contract.ts";
import { type Fault, type Faults, faultAnswer } from "./faults.ts";
import { answerGraphql } from "./graphql.ts";
import type { RateLimit } from "./rate-limit.ts";
import { atItsName, redirectFor } from "./redirects.ts";
import type { ApiRequest } from "./request.ts";
import { findRoute, type Route } from "./route.ts";
import type { World } from "./world.ts";

/** One request as it came in. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** GitHub's template, as in its description; undefined for what the stand-in does not have. */
  readonly operation: string | undefined;
  readonly body: unknown;
  /** Undefined where the connection was broken. */
  readonly status: number | undefined;
  readonly fault: Fault["kind"] | undefined;
}

/** What the server needs of the stand-in; all of it is there before the first request. */
export interface ServerParts {
  readonly world: World;
  readonly tokens: Tokens;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly contract: Contract;
  readonly rateLimit: RateLimit;
  readonly onRequest: (request: LoggedRequest) => void;
}

const graphqlOperation = "POST /graphql";
const enterprisePrefix = /^\/api\/(?:v3(?=\/|$)|(?=graphql$))/;

/** Listens on loopback, at a port that is free. */
export async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return server;
}

export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function serve(server: Server, parts: ServerParts): void {
  server.on("request", (incoming, response) => {
    respond(incoming, response, parts).catch((error: unknown) => {
      parts.contract.violations.push(`the stand-in failed: ${error instanceof Error ? error.stack : String(error)}`);
      response.writeHead(500).end();
    });
  });
}

async function respond(incoming: IncomingMessage, response: ServerResponse, parts: ServerParts): Promise<void> {
  const request = atItsName(await readRequest(incoming), parts.world);
  const location = redirectFor(request, parts.world);
  if (location !== undefined) {
    // A client that follows sends a 301 of anything but a GET on as a GET, a 307 as it is.
    response.writeHead(request.method === "GET" ? 301 : 307, { location }).end();
    return;
  }
  const found = findRoute(parts.routes, request.method, request.path);
  const operation = isGraphql(request) ? graphqlOperation : found?.route.operation;
  const fault = parts.faults.take(request, operation);
  const log = (status: number | undefined) =>
    parts.onRequest({
      method: request.method,
      path: request.path,
      query: request.query.toString(),
      operation,
      body: request.body,
      status,
      fault: fault?.kind,
    });
  if (fault?.kind === "delay") await wait(fault.milliseconds);
  if (fault?.kind === "hold") await fault.until;
  const isHandled = fault === undefined || IS_DONE.has(fault.kind);
  const handled = isHandled ? await handle(request, found, parts) : undefined;
  if (handled !== undefined && operation !== graphqlOperation)
    checkContract(request, operation, handled, parts.contract);
  if (fault?.kind === "drop" || fault?.kind === "drop-saved") {
    incoming.socket.destroy();
    log(undefined);
    return;
  }
  const answer = (fault === undefined ? undefined : faultAnswer(fault)) ?? handled;
  if (answer === undefined) throw new Error("neither a fault nor a handler answered");
  const status = send(request, response, answer, parts);
  log(status);
}

/** Faults in spite of which what was asked is done. */
const IS_DONE: ReadonlySet<Fault["kind"]> = new Set<Fault["kind"]>(["delay", "hold", "502-saved", "drop-saved"]);

async function handle(
  request: ApiRequest,
  found: ReturnType<typeof findRoute>,
  { world, tokens, rateLimit, contract }: ServerParts,
): Promise<Answer> {
  try {
    if (request.headers["user-agent"] === undefined)
      throw new Problem(403, "Request forbidden by administrative rules.");
    const actor = tokens.actorOf(request.headers);
    rateLimit.count(request, actor);
    const call = { world, request, params: found?.params ?? {}, actor };
    if (isGraphql(request)) return await answerGraphql(call, (mistake) => contract.violations.push(mistake));
    if (found === undefined) throw new Problem(404, "Not Found");
    return await callRoute(found.route, call);
  } catch (error) {
    if (error instanceof Problem) return error.answer();
    throw error;
  }
}

async function callRoute(
  route: Route,
  call: { world: World; request: ApiRequest; params: Record<string, string>; actor: Actor },
): Promise<Answer> {
  switch (route.kind) {
    case "app":
      requireApp(call.actor);
      return route.handle(call);
    case "installation":
      return route.handle(call);
    case "repository": {
      const repository = call.world.repository(call.params.owner ?? "", call.params.repo ?? "");
      requireAccess(call.actor, repository, route.needs);
      return route.handle({ ...call, repository });
    }
  }
}

function checkContract(request: ApiRequest, operation: string | undefined, answer: Answer, contract: Contract): void {
  contract.check({
    operation: operation ?? `${request.method} ${request.path}`,
    query: request.query,
    requestBody: request.body,
    status: answer.status,
    answerBody: answer.raw === undefined ? JSON.parse(JSON.stringify(answer.body ?? null)) : undefined,
  });
}

/** Gives the status that was sent: 304 for what the app has already. */
function send(request: ApiRequest, response: ServerResponse, answer: Answer, { rateLimit }: ServerParts): number {
  const bytes = answer.raw?.bytes ?? (answer.body === undefined ? undefined : Buffer.from(JSON.stringify(answer.body)));
  const etag = request.method === "GET" && answer.status === 200 ? etagOf(bytes) : undefined;
  const isKnown = etag !== undefined && request.headers["if-none-match"] === etag;
  if (isKnown) rateLimit.giveBack(request);
  const headers = {
    "content-type": answer.raw?.contentType ?? "application/json; charset=utf-8",
    "x-github-request-id": randomUUID(),
    "x-github-media-type": "github.v3; format=json",
    ...rateLimit.headers(request),
    ...(etag === undefined ? {} : { etag }),
    ...answer.headers,
  };
  const status = isKnown ? 304 : answer.status;
  response.writeHead(status, headers).end(isKnown ? undefined : bytes);
  return status;
}

function etagOf(bytes: Buffer | undefined): string | undefined {
  return bytes === undefined ? undefined : `W/"${createHash("sha256").update(bytes).digest("hex")}"`;
}

async function readRequest(incoming: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = new URL(incoming.url ?? "/", "http://stand-in");
  const text = Buffer.concat(chunks).toString("utf8");
  return {
    method: incoming.method ?? "GET",
    path: url.pathname.replace(enterprisePrefix, (prefix) => (prefix === "/api/" ? "/" : "")),
    query: url.searchParams,
    headers: incoming.headers,
    body: text === "" ? undefined : parseJson(text),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isGraphql(request: ApiRequest): boolean {
  return request.method === "POST" && request.path === "/graphql";
}
