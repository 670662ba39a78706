import { Problem } from "./answer.ts";
import type { Actor } from "./auth.ts";
import type { ApiRequest } from "./request.ts";
import type { World } from "./world.ts";

/** What GitHub gives an installation without many repositories or people. */
export const requestsAnHour = 5000;
const hourSeconds = 3600;

/** One installation's hour. */
interface Budget {
  used: number;
  resetAt: number;
}

/** The primary limit of each installation; what is answered with 304 is not counted. */
export class RateLimit {
  limit = requestsAnHour;
  private readonly budgets = new Map<number, Budget>();
  private readonly counted = new WeakMap<ApiRequest, Budget>();
  private readonly free = new WeakSet<ApiRequest>();
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** 403 once the budget of the hour is used up. */
  count(request: ApiRequest, actor: Actor): void {
    if (actor.kind === "app") return;
    const { id } = actor.token.installation;
    const budget = this.budgetOf(id);
    this.counted.set(request, budget);
    if (budget.used >= this.limit) throw new Problem(403, `API rate limit exceeded for installation ID ${id}.`);
    budget.used += 1;
  }

  giveBack(request: ApiRequest): void {
    const budget = this.counted.get(request);
    if (budget === undefined || this.free.has(request)) return;
    this.free.add(request);
    budget.used -= 1;
  }

  headers(request: ApiRequest): Record<string, string> {
    const budget = this.counted.get(request);
    if (budget === undefined) return {};
    return {
      "x-ratelimit-limit": String(this.limit),
      "x-ratelimit-remaining": String(Math.max(0, this.limit - budget.used)),
      "x-ratelimit-used": String(budget.used),
      "x-ratelimit-reset": String(budget.resetAt),
      "x-ratelimit-resource": request.path === "/graphql" ? "graphql" : "core",
    };
  }

  /** Asking for it costs nothing. */
  shape(request: ApiRequest): Record<string, unknown> {
    this.giveBack(request);
    const { limit } = this;
    const { used, resetAt: reset } = this.counted.get(request) ?? { used: 0, resetAt: this.nextReset() };
    const rate = { limit, used, remaining: Math.max(0, limit - used), reset };
    const search = { limit: 30, used: 0, remaining: 30, reset };
    return { resources: { core: rate, graphql: rate, search }, rate };
  }

  private budgetOf(installation: number): Budget {
    const budget = this.budgets.get(installation) ?? { used: 0, resetAt: this.nextReset() };
    this.budgets.set(installation, budget);
    if (this.nowSeconds() >= budget.resetAt) Object.assign(budget, { used: 0, resetAt: this.nextReset() });
    return budget;
  }

  private nextReset(): number {
    return this.nowSeconds() + hourSeconds;
  }

  private nowSeconds(): number {
    return Math.floor(this.world.now().getTime() / 1000);
  }
}
