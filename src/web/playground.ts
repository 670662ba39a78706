import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Engine } from "../analysis/analyser.ts";
import type { Html } from "../pages/html.ts";
import { SERVER_LINKS } from "../pages/links.ts";
import { drawPlaygroundPage } from "../pages/playground-page.ts";
import { drawMessage, drawPlaygroundResult } from "../pages/playground-result.ts";
import type { Rule } from "../rules/rule.ts";
import { analysePaste } from "../service/analyse-paste.ts";
import { exampleToPaste } from "../service/example-to-paste.ts";
import type { Clock } from "../service/ports.ts";
import { isoDateOf } from "../text/iso-date.ts";
import type { GuestLimits } from "./guest-limits.ts";

export interface PlaygroundOptions {
  readonly engine: Engine;
  readonly rules: readonly Rule[];
  readonly clock: Clock;
  readonly limits: GuestLimits;
  /** Reverse proxies in front of the service, each of which adds an address to `X-Forwarded-For`. */
  readonly proxies: number;
}

/** Bytes of code; some 2,000 lines. */
const LARGEST_PASTE = 64 * 1024;

/** A form writes most signs as three. */
const LARGEST_FORM = 3 * LARGEST_PASTE + 1024;

/** What is shown to who comes with nothing. */
const FIRST_EXAMPLE = "sql-injection";

/** `/playground`: the page, and with a form's code the page with what is said of it; `/analyse` below it: that part alone. */
export function createPlayground({ engine, rules, clock, limits, proxies }: PlaygroundOptions): Hono {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const app = new Hono();
  app.get("/", (context) => {
    const rule = byId.get(context.req.query("rule") ?? FIRST_EXAMPLE);
    return context.html(
      drawPlaygroundPage({ code: exampleToPaste(rule), audit: rule?.profile === "audit" }, SERVER_LINKS),
    );
  });
  app.use(
    bodyLimit({
      maxSize: LARGEST_FORM,
      onError: (context) => {
        // The rest of the body is not read: the connection serves no other request.
        context.header("connection", "close");
        return context.html(drawMessage(TOO_LARGE), 413);
      },
    }),
  );
  app.post("/", async (context) => {
    const { code, audit } = await pasteOf(context);
    const { status, result } = await answer(context, code, audit);
    return context.html(drawPlaygroundPage({ code, audit, result }, SERVER_LINKS), status);
  });
  app.post("/analyse", async (context) => {
    const { code, audit } = await pasteOf(context);
    const { status, result } = await answer(context, code, audit);
    return context.html(result, status);
  });
  return app;

  async function answer(context: Context, code: string, audit: boolean): Promise<Answer> {
    context.header("cache-control", "no-store");
    if (Buffer.byteLength(code) > LARGEST_PASTE) return { status: 413, result: drawMessage(TOO_LARGE) };
    const today = isoDateOf(clock.now());
    const options = { profile: audit ? "audit" : "default", levels: {}, today } as const;
    const job = () => analysePaste({ engine, rules: byId }, code, options);
    const review = await limits.run(addressOf(context), job, context.req.raw.signal);
    if (!("retryAfter" in review)) return { status: 200, result: drawPlaygroundResult(review, byId, SERVER_LINKS) };
    context.header("retry-after", String(review.retryAfter));
    return { status: 429, result: drawMessage("Too much is asked for at the moment. It is tried again in a while.") };
  }

  function addressOf(context: Context): string {
    const forwarded = context.req.header("x-forwarded-for")?.split(",") ?? [];
    const given = proxies === 0 ? undefined : forwarded.at(-proxies)?.trim();
    return given ?? getConnInfo(context).remote.address ?? "";
  }
}

interface Answer {
  readonly status: 200 | 413 | 429;
  readonly result: Html;
}

const TOO_LARGE = "More than 64 kB: take `safepath scan` or `safepath diff` for it.";

/** Nothing where it is no form. */
async function pasteOf(context: Context): Promise<{ readonly code: string; readonly audit: boolean }> {
  const isForm = context.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") === true;
  const { code, audit } = isForm ? await context.req.parseBody() : {};
  return { code: typeof code === "string" ? code : "", audit: audit === "on" };
}
