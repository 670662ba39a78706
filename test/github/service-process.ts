/** The service in a process of its own, whose settings come with the first message, its port goes back. */
import { createLog } from "../../src/log.ts";
import type { Settings } from "../../src/settings.ts";
import { startServer } from "../../src/start-server.ts";

/** The stand-in needs no protection from too many requests. */
const NO_PACE = { concurrentRequests: 10, betweenWritesMs: 0, betweenNotificationsMs: 0 };

process.once("message", async (settings: Settings) => {
  const server = await startServer(settings, { log: createLog("silent"), pace: NO_PACE });
  process.send?.({ port: server.port });
});
process.once("disconnect", () => process.exit());
