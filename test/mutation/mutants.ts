import type { Mutant } from "./mutant.ts";
import { CALLS } from "./mutants/calls.ts";
import { CONTAINERS } from "./mutants/containers.ts";
import { CONTROL_FLOW } from "./mutants/control-flow.ts";
import { GUARDS } from "./mutants/guards.ts";
import { NAMES } from "./mutants/names.ts";
import { SINKS } from "./mutants/sinks.ts";
import { VALUES } from "./mutants/values.ts";

export const MUTANTS: readonly Mutant[] = [
  ...CONTROL_FLOW,
  ...NAMES,
  ...VALUES,
  ...CONTAINERS,
  ...CALLS,
  ...GUARDS,
  ...SINKS,
];
