import { createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import { type Answer, notFound, ok } from "./answer.ts";
import { largestPageSize } from "./paging.ts";
import { numberParam } from "./request.ts";
import { appRoute, type Call, type Route } from "./route.ts";
import type { World } from "./world.ts";

/** Where the app receives its webhooks. */
export interface HookTarget {
  readonly url: string;
  readonly secret: string;
}

export interface DeliveryOptions {
  /** Instead of the target that was set. */
  readonly to?: string;
  readonly secret?: string;
  /** GUID of the delivery; equal for a repeated one. */
  readonly id?: string;
  /** The body is changed after it was signed, the signature is wrong, or it is missing. */
  readonly tamper?: "body" | "signature" | "no-signature";
  readonly isRedelivery?: boolean;
}

export interface DeliveryResult {
  readonly id: string;
  /** 504 where nobody answered. */
  readonly status: number;
  readonly text: string;
}

interface Delivery {
  readonly number: number;
  readonly guid: string;
  readonly event: string;
  readonly payload: unknown;
  readonly at: Date;
  readonly isRedelivery: boolean;
  readonly target: HookTarget;
  readonly status: number;
}

/** Sends webhooks as GitHub does, and remembers what became of them. */
export class Deliveries {
  target: HookTarget | undefined;
  private readonly world: World;
  private readonly sent: Delivery[] = [];

  constructor(world: World) {
    this.world = world;
  }

  async deliver(event: string, payload: unknown, options: DeliveryOptions = {}): Promise<DeliveryResult> {
    const url = options.to ?? this.target?.url;
    if (url === undefined) throw new Error("no target: set one, or name one in the delivery");
    const target = { url, secret: options.secret ?? this.target?.secret ?? "" };
    const guid = options.id ?? randomUUID();
    const { status, text } = await this.send(event, JSON.stringify(payload), guid, target, options.tamper);
    this.sent.push({
      number: this.world.nextId(),
      guid,
      event,
      payload,
      at: this.world.now(),
      isRedelivery: options.isRedelivery ?? false,
      target,
      status,
    });
    return { id: guid, status, text };
  }

  routes(): readonly Route[] {
    return [
      appRoute("GET /app/hook/deliveries", (call) => this.list(call)),
      appRoute("POST /app/hook/deliveries/{delivery_id}/attempts", (call) => this.redeliver(call)),
    ];
  }

  private async send(
    event: string,
    body: string,
    guid: string,
    target: HookTarget,
    tamper: DeliveryOptions["tamper"],
  ): Promise<{ status: number; text: string }> {
    const signed = createHmac("sha256", tamper === "signature" ? `${target.secret}!` : target.secret).update(body);
    const headers: Record<string, string> = {
      accept: "*/*",
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/standin",
      "x-github-delivery": guid,
      "x-github-event": event,
      "x-github-hook-id": "1",
      "x-github-hook-installation-target-id": String(this.world.app.id),
      "x-github-hook-installation-target-type": "integration",
    };
    if (tamper !== "no-signature") headers["x-hub-signature-256"] = `sha256=${signed.digest("hex")}`;
    try {
      const sentBody = tamper === "body" ? `${body} ` : body;
      const response = await fetch(target.url, { method: "POST", headers, body: sentBody });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      return { status: 504, text: error instanceof Error ? error.message : "" };
    }
  }

  /** Newest first; the cursor is the number of the last one seen. */
  private list(call: Call): Answer {
    const { query, path } = call.request;
    const size = Math.min(Number(query.get("per_page") ?? 30), largestPageSize);
    const before = Number(query.get("cursor") ?? Number.POSITIVE_INFINITY);
    const status = query.get("status");
    const matching = this.sent
      .filter((each) => each.number < before)
      .filter((each) => status === null || (status === "success") === isSuccess(each))
      .reverse();
    const page = matching.slice(0, size);
    const last = page.at(-1);
    if (last === undefined || matching.length <= size) return ok(page.map(deliveryShape));
    const next = new URLSearchParams(query);
    next.set("cursor", String(last.number));
    return { ...ok(page.map(deliveryShape)), headers: { link: `<${this.world.api}${path}?${next}>; rel="next"` } };
  }

  /** The delivery goes out again with its GUID to where deliveries go now, after this has been answered. */
  private redeliver(call: Call): Answer {
    const id = numberParam(call.params, "delivery_id");
    const found = this.sent.find((each) => each.number === id);
    if (found === undefined) throw notFound();
    const { url, secret } = this.target ?? found.target;
    setImmediate(
      () => void this.deliver(found.event, found.payload, { to: url, secret, id: found.guid, isRedelivery: true }),
    );
    return { status: 202, body: {} };
  }
}

const payloadIds = z.object({
  action: z.string().optional(),
  installation: z.object({ id: z.number() }).optional(),
  repository: z.object({ id: z.number() }).optional(),
});

function deliveryShape(delivery: Delivery): Record<string, unknown> {
  const ids = payloadIds.safeParse(delivery.payload).data;
  return {
    id: delivery.number,
    guid: delivery.guid,
    delivered_at: delivery.at.toISOString(),
    redelivery: delivery.isRedelivery,
    duration: 0.1,
    status: isSuccess(delivery) ? "OK" : `Invalid HTTP Response: ${delivery.status}`,
    status_code: delivery.status,
    event: delivery.event,
    action: ids?.action ?? null,
    installation_id: ids?.installation?.id ?? null,
    repository_id: ids?.repository?.id ?? null,
    throttled_at: null,
  };
}

function isSuccess({ status }: Delivery): boolean {
  return status >= 200 && status < 300;
}
