import type { IncomingMessage, ServerResponse } from "node:http";
import { verifyWithFallback } from "@octokit/webhooks-methods";
import type { Logger } from "pino";
import { Probot } from "probot";
import type { Delivery } from "../service/receive-delivery.ts";
import type { AppCredentials } from "./clients.ts";
import { createBodyReader } from "./read-body.ts";
import { readDelivery } from "./read-delivery.ts";

export interface WebhookOptions {
  readonly credentials: AppCredentials;
  /** The secret in force; the others are accepted too while it is being changed. */
  readonly secrets: readonly [string, ...string[]];
  readonly apiUrl: string;
  /** When it resolves, the work that the delivery asks for is in the queue. */
  readonly receive: (delivery: Delivery) => Promise<"queued" | "duplicate" | "ignored">;
  readonly log: Logger;
}

/** Answers deliveries: 202 for all that are GitHub's, before the work starts; what fails to be queued is GitHub's to send again. */
export function createWebhook(options: WebhookOptions) {
  const probot = createProbot(options);
  const readBody = createBodyReader();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, message } = await receive(probot, options, request, readBody);
    if (status !== 202) tellRefusal(options.log, request, { status, message });
    // What was not read of a body would be taken for the next request; a sender reads the answer when it has sent all.
    if (!request.complete) {
      response.setHeader("connection", "close");
      request.resume();
    }
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ message }));
  };
}

/** The same words as the answer has: of a body that nobody has vouched for nothing is said, and of its headers only what names the delivery. */
function tellRefusal(log: Logger, request: IncomingMessage, { status, message }: Answer): void {
  const delivery = header(request, "x-github-delivery")?.slice(0, LONGEST_ID);
  const event = header(request, "x-github-event")?.slice(0, LONGEST_ID);
  log.warn({ delivery, event, status, reason: message }, "delivery refused");
}

/** GitHub's ids have 36 characters, its events fewer. */
const LONGEST_ID = 64;

interface Answer {
  readonly status: 202 | 400 | 401 | 413 | 503;
  readonly message: string;
}

const ACCEPTED: Answer = { status: 202, message: "accepted" };

/**
 * Probot verifies nothing here, for it knows one secret; it sends nothing, for its clients share one limiter; and it
 * logs nothing, for its errors carry the payload.
 */
function createProbot({ credentials, secrets, receive, log }: WebhookOptions): Probot {
  const probot = new Probot({ ...credentials, secret: secrets[0], log: log.child({}, { level: "silent" }) });
  probot.onAny(async ({ id, name, payload }) => {
    const outcome = await receive({ id, event: readDelivery(name, payload, credentials.appId) });
    log.info({ delivery: id, event: name, outcome }, "delivery received");
  });
  return probot;
}

async function receive(
  probot: Probot,
  { secrets }: WebhookOptions,
  request: IncomingMessage,
  readBody: ReturnType<typeof createBodyReader>,
): Promise<Answer> {
  const name = header(request, "x-github-event");
  const id = header(request, "x-github-delivery");
  const signature = header(request, "x-hub-signature-256");
  if (name === undefined || id === undefined || signature === undefined) {
    return { status: 400, message: "a GitHub header is missing" };
  }
  const body = await readBody(request);
  if (body === "too-large") return { status: 413, message: "the body is too large" };
  if (body === "busy") return { status: 503, message: "too many bodies at a time" };
  const { text } = body;
  const [secret, ...others] = secrets;
  if (text === "" || !(await verifyWithFallback(secret, text, signature, others))) {
    return { status: 401, message: "the signature is wrong" };
  }
  const payload = parse(text);
  if (payload === undefined)
    return { status: 400, message: "the body is not JSON: set the content type application/json" };
  await probot.ready();
  await probot.webhooks.receive({ id, name, payload } as Parameters<Probot["webhooks"]["receive"]>[0]);
  return ACCEPTED;
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function parse(text: string): object | undefined {
  try {
    const payload: unknown = JSON.parse(text);
    return typeof payload === "object" && payload !== null ? payload : undefined;
  } catch {
    return undefined;
  }
}
