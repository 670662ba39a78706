import { throttling } from "@octokit/plugin-throttling";
import type { Octokit } from "@octokit/rest";
import type { Clock } from "../service/ports.ts";

/** Takes the next moment for a write of an installation, whichever process asks; in milliseconds from now, 0 for at once. */
export type TakeSlot = (installation: string, kind: PacedKind) => Promise<number>;

/** A write that sends mail is one of both. */
export type PacedKind = "write" | "notification";

/** Before each write a client waits for the moment that is its own among those of all processes. */
export function sharePace(octokit: Octokit, installation: string, takeSlot: TakeSlot, clock: Clock): void {
  octokit.hook.wrap("request", async (request, options) => {
    if (options.method !== "GET") {
      for (const kind of kindsOf(options.url)) {
        const milliseconds = await takeSlot(installation, kind);
        if (milliseconds > 0) await clock.sleep(milliseconds);
      }
    }
    return request(options);
  });
}

function kindsOf(url: string): readonly PacedKind[] {
  const { pathname } = new URL(url, "http://github.test");
  return throttling.triggersNotification(pathname) ? ["write", "notification"] : ["write"];
}
