import type { Server } from "node:http";
import { onTestFinished } from "vitest";

/** Listens on loopback until the test ends; its address. */
export async function listenUntilTestEnds(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
