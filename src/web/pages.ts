import { getRequestListener } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import type { Engine } from "../analysis/analyser.ts";
import { SERVER_LINKS } from "../pages/links.ts";
import { drawListPage } from "../pages/list-page.ts";
import { drawMessagePage, type PageMessage } from "../pages/message-page.ts";
import { drawRuleDetailPage } from "../pages/rule-detail-page.ts";
import type { Rule } from "../rules/rule.ts";
import { analyseExamples } from "../service/analyse-examples.ts";
import type { Clock } from "../service/ports.ts";
import { closest } from "../text/closest.ts";
import { isoDateOf } from "../text/iso-date.ts";
import { createGuestLimits, GUEST_PACE, type GuestPace } from "./guest-limits.ts";
import type { Handle } from "./http-server.ts";
import { readPageAssets } from "./page-assets.ts";
import { createPlayground } from "./playground.ts";

export interface PagesOptions {
  readonly engine: Engine;
  readonly rules: readonly Rule[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** Reverse proxies in front of the service: none unless said. */
  readonly proxies?: number;
  readonly guests?: GuestPace;
}

/** The pages change with a release alone; a reader's browser asks whether they have. */
const CACHED = "public, max-age=300";

/** Everything from here, nothing inline, nothing from elsewhere, in no frame. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const NOT_FOUND: PageMessage = { title: "Not found", text: "There is no page at this address." };

/** In letters: no rule's name is longer, and comparing takes as long as the name. */
const LONGEST_NAME = 100;

/** For a browser as a page, for any other program as JSON that says no more than the title. */
function say(context: Context, status: 404 | 500, message: PageMessage): Response | Promise<Response> {
  context.header("cache-control", "no-store");
  const isRead = context.req.header("accept")?.includes("text/html") === true;
  if (!isRead) return context.json({ error: message.title.toLowerCase() }, status);
  return context.html(drawMessagePage(message, SERVER_LINKS), status);
}

/** The rules for people who read: `/rules`, and a page each, drawn when it is first asked for and kept; and `/playground`. */
export function createPages(options: PagesOptions): Handle {
  const { engine, rules, clock, onError, proxies = 0, guests = GUEST_PACE } = options;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const assets = readPageAssets();
  const drawn = new Map<string, Promise<string>>();
  const app = new Hono();
  app.onError((error, context) => {
    onError(error);
    return say(context, 500, {
      title: "Something went wrong",
      text: "The page could not be drawn. Try it again in a while.",
    });
  });
  app.notFound((context) => say(context, 404, NOT_FOUND));
  app.use(
    secureHeaders({
      contentSecurityPolicy: POLICY,
      crossOriginEmbedderPolicy: true,
      xFrameOptions: "DENY",
      // Whoever ends TLS in front of the service knows whether it speaks for the whole domain.
      strictTransportSecurity: "max-age=31536000",
    }),
  );
  app.use(compress());
  app.use(etag());
  app.get("/", (context) => context.redirect(SERVER_LINKS.list));
  app.get("/rules", async (context) => {
    const page = await kept("", async () => String(await drawListPage(rules, SERVER_LINKS)));
    return context.html(page, 200, { "cache-control": CACHED });
  });
  app.get("/rules/:name", async (context) => {
    const name = context.req.param("name");
    const id = name.replace(/\.md$/u, "");
    const rule = byId.get(id);
    if (rule === undefined) return renamed(id) ?? say(context, 404, noSuchRule(id));
    if (id !== name) return context.redirect(SERVER_LINKS.rule(id), 308);
    const page = await kept(id, () => drawRule(rule));
    return context.html(page, 200, { "cache-control": CACHED });
  });
  app.route("/playground", createPlayground({ engine, rules, clock, proxies, limits: createGuestLimits(guests) }));
  app.get("/assets/:name", (context) => {
    const asset = assets.get(context.req.param("name"));
    if (asset === undefined) return context.notFound();
    return context.body(asset.body, 200, { "content-type": asset.type, "cache-control": CACHED });
  });

  async function drawRule(rule: Rule): Promise<string> {
    const today = isoDateOf(clock.now());
    const examples = await analyseExamples(engine, rule, { rules, today });
    return String(await drawRuleDetailPage(rule, examples, SERVER_LINKS));
  }

  function noSuchRule(id: string): PageMessage {
    const similar = id.length > LONGEST_NAME ? undefined : closest(id, [...byId.keys()]);
    return { title: "No such rule", text: "No rule of this release has the name in the address.", similar };
  }

  /** As many pages as there are rules; one that fails is tried again. */
  function kept(key: string, draw: () => Promise<string>): Promise<string> {
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const page = draw();
    drawn.set(key, page);
    page.catch(() => drawn.delete(key));
    return page;
  }

  /** A comment from before a rule was renamed still leads to it. */
  function renamed(id: string): Response | undefined {
    const rule = rules.find(({ formerly }) => formerly.includes(id));
    return rule && new Response(null, { status: 308, headers: { location: SERVER_LINKS.rule(rule.id) } });
  }

  const listen = getRequestListener(app.fetch);
  return async (request, response) => {
    await listen(request, response);
  };
}
