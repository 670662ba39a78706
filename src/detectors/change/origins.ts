import type { ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { asSubjects, variablesIn } from "./conditions.ts";

/** Assignments that are followed from a question back to what came in: `host`, `parts`, `url`. */
const MAX_STEPS = 3;

/** What a function makes its variables of some names of, step by step: the variables in what they are given, then in what those are given. */
export function originsOf(
  facts: ModuleFacts,
  scope: string,
  names: ReadonlySet<string>,
): readonly ReadonlySet<string>[] {
  const steps: ReadonlySet<string>[] = [];
  for (let last = names; steps.length < MAX_STEPS && last.size > 0; ) {
    const made = [...last].flatMap((name) => factIndex(facts).assignmentsTo(scope, name));
    last = asSubjects(made.flatMap(({ value }) => variablesIn(facts, value)));
    steps.push(last);
  }
  return steps;
}
