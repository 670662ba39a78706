import { AsyncLocalStorage } from "node:async_hooks";
import { type DestinationStream, type Logger, pino } from "pino";
import type { LogLevel } from "./settings.ts";

/**
 * JSON lines. What may hold code, a token or a key never reaches them: errors are reduced to what tells them apart, and
 * fields that would name a credential are struck out.
 */
export function createLog(level: LogLevel | "silent", destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { name: "safepath" },
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => context.getStore() ?? {},
    serializers: { err: errorFields, error: errorFields },
    redact: { paths: CREDENTIALS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[removed]" },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

const context = new AsyncLocalStorage<object>();

/** Every line that is written while this runs, wherever in the code, carries the fields. */
export function withLogFields<T>(fields: object, run: () => T): T {
  return context.run(fields, run);
}

const CREDENTIALS = ["token", "authorization", "privateKey", "secret", "secrets", "webhookSecrets", "password", "jwt"];

/** The request of a client's error carries the words of comments, its message what GitHub quotes of them. */
function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const fields = { type: error.name, ...pick(error), ...causeOf(error) };
  return isOfClient(error) ? fields : { ...fields, message: withoutTokens(error.message), stack: framesOf(error) };
}

function causeOf({ cause }: Error): object {
  return cause === undefined ? {} : { cause: errorFields(cause) };
}

function pick(error: object): object {
  const { status, kind, retryAt, code, request } = error as Partial<
    Record<string, unknown> & { request: { method?: unknown; url?: unknown } }
  >;
  const sent = request === undefined ? {} : { method: request.method, url: request.url };
  return { status, kind, retryAt, code, ...sent };
}

function isOfClient(error: object): boolean {
  return "request" in error || "event" in error || error instanceof AggregateError;
}

function withoutTokens(text: string): string {
  return text.replace(/\b(gh[a-z]_|eyJ)[\w.-]+/gu, "[removed]").slice(0, 500);
}

/** Where it was thrown, without the message. */
function framesOf({ stack = "" }: Error): string {
  return stack
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .join("\n");
}
