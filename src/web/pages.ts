import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import type { Engine } from "../analysis/analyser.ts";
import { SERVER_LINKS } from "../pages/links.ts";
import { drawListPage } from "../pages/list-page.ts";
import { drawRuleDetailPage } from "../pages/rule-detail-page.ts";
import type { Rule } from "../rules/rule.ts";
import { analyseExamples } from "../service/analyse-examples.ts";
import type { Clock } from "../service/ports.ts";
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

/** The rules for people who read: `/rules`, and a page each, drawn when it is first asked for and kept; and `/playground`. */
export function createPages(options: PagesOptions): Handle {
  const { engine, rules, clock, onError, proxies = 0, guests = GUEST_PACE } = options;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const assets = readPageAssets();
  const drawn = new Map<string, Promise<string>>();
  const app = new Hono();
  app.onError((error, context) => {
    onError(error);
    return context.json({ error: "internal error" }, 500);
  });
  app.notFound((context) => context.json({ error: "not found" }, 404));
  app.use(
    secureHeaders({
      contentSecurityPolicy: POLICY,
      crossOriginEmbedderPolicy: true,
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
    if (rule === undefined) return renamed(id) ?? context.notFound();
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
    const today = clock.now().toISOString().slice(0, 10);
    const examples = await analyseExamples(engine, rule, { rules, today });
    return String(await drawRuleDetailPage(rule, examples, SERVER_LINKS));
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
