import type { Model } from "../taint/models/model.ts";
import type { Rule } from "./rule.ts";
import type { RuleSet } from "./rule-set.ts";

/** Rules and models that a repository, or its organization, has of its own. Plain data: it is sent to child processes. */
export interface OwnRules {
  /** The same for the same rules and models, and for no others. */
  readonly key: string;
  readonly rules: readonly Rule[];
  readonly models: readonly Model[];
}

/** Both together; what is ours goes first, so that it cannot be replaced. What patterns wait for is worked out anew, by all models. */
export function withOwnRules({ rules, vocabulary, models }: RuleSet, own: OwnRules): RuleSet {
  return { rules: [...rules, ...own.rules], vocabulary, models: [...models, ...own.models] };
}
