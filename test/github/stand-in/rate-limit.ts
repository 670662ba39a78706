import { Problem } from "./answer.ts";
import type { Actor } from "./auth.ts";
import type { ApiRequest } from "./request.ts";
import type { World } from "./world.ts";

/** What GitHub gives an installation without many repositories or people. */
export const requestsAnHour = 5000;
const hourSeconds = 3600;

/** The primary limit of an installation; what is answered with 304 is not counted. */
export class RateLimit {
  limit = requestsAnHour;
  private used = 0;
  private resetAt: number;
  private readonly counted = new WeakSet<ApiRequest>();
  private readonly free = new WeakSet<ApiRequest>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
    this.resetAt = this.nowSeconds() + hourSeconds;
  }

  /** 403 once the budget of the hour is used up. */
  count(request: ApiRequest, actor: Actor): void {
    if (actor.kind === "app") return;
    if (this.nowSeconds() >= this.resetAt) {
      this.used = 0;
      this.resetAt = this.nowSeconds() + hourSeconds;
    }
    this.counted.add(request);
    if (this.used >= this.limit) {
      throw new Problem(403, `API rate limit exceeded for installation ID ${actor.token.installation.id}.`);
    }
    this.used += 1;
  }

  giveBack(request: ApiRequest): void {
    if (!this.counted.has(request) || this.free.has(request)) return;
    this.free.add(request);
    this.used -= 1;
  }

  headers(request: ApiRequest): Record<string, string> {
    if (!this.counted.has(request)) return {};
    return {
      "x-ratelimit-limit": String(this.limit),
      "x-ratelimit-remaining": String(Math.max(0, this.limit - this.used)),
      "x-ratelimit-used": String(this.used),
      "x-ratelimit-reset": String(this.resetAt),
      "x-ratelimit-resource": request.path === "/graphql" ? "graphql" : "core",
    };
  }

  /** Asking for it costs nothing. */
  shape(request: ApiRequest): Record<string, unknown> {
    this.giveBack(request);
    const { limit, used, resetAt: reset } = this;
    const rate = { limit, used, remaining: Math.max(0, limit - used), reset };
    const search = { limit: 30, used: 0, remaining: 30, reset };
    return { resources: { core: rate, graphql: rate, search }, rate };
  }

  private nowSeconds(): number {
    return Math.floor(this.world.now().getTime() / 1000);
  }
}
