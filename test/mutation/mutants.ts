import type { Mutant } from "./mutant.ts";
import { CALLS } from "./mutants/calls.ts";
import { CHANGED_ACCESS } from "./mutants/changed-access.ts";
import { CHANGED_CHECKS } from "./mutants/changed-checks.ts";
import { CHANGED_SETTINGS } from "./mutants/changed-settings.ts";
import { CONTAINERS } from "./mutants/containers.ts";
import { CONTROL_FLOW } from "./mutants/control-flow.ts";
import { DEFINITIONS } from "./mutants/definitions.ts";
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
  ...DEFINITIONS,
  ...GUARDS,
  ...SINKS,
  ...CHANGED_ACCESS,
  ...CHANGED_CHECKS,
  ...CHANGED_SETTINGS,
];
