import type { ModuleFacts, ValueFact } from "../../taint/facts.ts";

export interface HeaderValue {
  readonly node: number;
  readonly value: ValueFact;
}

/** What a header is set to: as an item of headers, or by a call that is given its name and its value. `header` in lower case. */
export function* headerValues(facts: ModuleFacts, header: string): Generator<HeaderValue> {
  for (const { name, node, valueFact } of facts.assignments) {
    if (!name.endsWith("]")) continue;
    if (name.toLowerCase().replaceAll("'", '"').endsWith(`["${header}"]`)) yield { node, value: valueFact };
  }
  for (const { node, args } of facts.calls) {
    const [name, value] = args;
    if (value === undefined) continue;
    const [constant] = name.value.constants;
    if (typeof constant === "string" && constant.toLowerCase() === header) yield { node, value: value.value };
  }
}
