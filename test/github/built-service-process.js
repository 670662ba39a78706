/** As `service-process.ts`, of what `npm run build` made: without what Node needs to run TypeScript, for measurements. */
import { createLog } from "../../dist/log.js";
import { startServer } from "../../dist/start-server.js";

const NO_PACE = { concurrentRequests: 10, betweenWritesMs: 0, betweenNotificationsMs: 0 };

process.once("message", async (settings) => {
  const server = await startServer(settings, { log: createLog("silent"), pace: NO_PACE });
  process.send({ port: server.port });
});
process.once("disconnect", () => process.exit());
