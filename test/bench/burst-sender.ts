/** Sends deliveries from a process of its own, so that what GitHub's stand-in is busy with does not count as waiting for the service. */
import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

export interface Burst {
  readonly hook: { readonly url: string; readonly secret: string };
  readonly bodies: readonly string[];
  readonly count: number;
  readonly seconds: number;
}

export interface Answer {
  readonly status: number;
  readonly milliseconds: number;
}

process.once("message", async ({ hook, bodies, count, seconds }: Burst) => {
  const signed = bodies.map((body) => ({
    body,
    signature: createHmac("sha256", hook.secret).update(body).digest("hex"),
  }));
  const began = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let at = 0; at < count; at += 1) {
    // Evenly, whether or not the ones before were answered.
    const early = began + (at * seconds * 1_000) / count - performance.now();
    if (early > 1) await sleep(early);
    const next = signed[at % signed.length];
    if (next !== undefined) answers.push(deliver(hook.url, next.body, next.signature));
  }
  process.send?.(await Promise.all(answers), () => process.disconnect());
});

async function deliver(url: string, body: string, signature: string): Promise<Answer> {
  const sent = performance.now();
  const headers = {
    "content-type": "application/json",
    "x-github-delivery": randomUUID(),
    "x-github-event": "pull_request",
    "x-hub-signature-256": `sha256=${signature}`,
  };
  const response = await fetch(url, { method: "POST", headers, body });
  await response.text();
  return { status: response.status, milliseconds: performance.now() - sent };
}
