import content from "@octokit/webhooks-examples" with { type: "json" };

interface ExamplesOfEvent {
  readonly name: string;
  readonly examples: readonly unknown[];
}

// The package is one JSON file; its types describe a module with a default export, which it is not.
const examples = content as unknown as readonly ExamplesOfEvent[];

/** Payloads that GitHub really sent, of all actions of an event: inputs for whatever receives webhooks. */
export function webhookExamples(event: string): readonly unknown[] {
  const found = examples.find((each) => each.name === event);
  if (found === undefined) throw new Error(`there are no examples of ${event}`);
  return found.examples;
}
