import type { Octokit } from "@octokit/rest";
import type { Clock } from "../service/ports.ts";

export const MOST_RETRIES = 3;

/** 1, 4 and 9 seconds before the first, second and third repetition. */
export function pauseBefore(repetition: number): number {
  return repetition ** 2 * 1000;
}

/** One more token changes nothing: asking for it is reading. */
const CREATE_TOKEN = /\/access_tokens$/u;

/**
 * Sends a GET again, or what asks for a token, when GitHub fails or the connection breaks: after 1, 4 and 9 seconds. Anything else is not
 * repeated here: a write that was answered with 502 may have been saved, and a query that timed out is asked in parts.
 */
export function retryReads(octokit: Octokit, clock: Clock): void {
  octokit.hook.wrap("request", async (request, options) => {
    for (let retries = 0; ; retries += 1) {
      try {
        return await request(options);
      } catch (error) {
        const isRead = options.method === "GET" || CREATE_TOKEN.test(options.url);
        if (!isRead || retries === MOST_RETRIES || !isServerError(error)) throw error;
        await clock.sleep(pauseBefore(retries + 1));
      }
    }
  });
}

/** Octokit gives a broken connection the status 500. */
function isServerError(error: unknown): boolean {
  return error instanceof Error && "status" in error && Number(error.status) >= 500;
}
