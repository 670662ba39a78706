import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClients } from "../src/github/clients.ts";
import { createLimiters } from "../src/github/limiters.ts";
import { RequestLedger } from "../src/github/request-ledger.ts";
import { useProxyOf } from "../src/web-proxy.ts";
import { type StandIn, startStandIn } from "./github/stand-in/stand-in.ts";
import { ManualClock } from "./service/manual-clock.ts";

let github: StandIn;
/** What was asked of the proxy, which leads everything to the stand-in. */
const asked: string[] = [];
const proxy = createServer().on("connect", ({ url = "" }, socket) => {
  asked.push(url);
  const upstream = connect(Number(new URL(github.url).port), "127.0.0.1", () => {
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    upstream.pipe(socket).pipe(upstream);
  });
  socket.on("error", () => upstream.destroy());
});

beforeAll(async () => {
  github = await startStandIn();
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  proxy.close();
  await github.close();
});

test("GitHub is asked through the proxy that the environment names, other hosts that it excepts are not", async () => {
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const undo = useProxyOf({ HTTP_PROXY: proxyUrl, NO_PROXY: "127.0.0.1" });
  try {
    expect(await botLogin("http://github.invalid")).toBe("safepath[bot]");
    expect(asked).toEqual(["github.invalid:80"]);
    expect(await botLogin(github.url)).toBe("safepath[bot]");
    expect(asked).toHaveLength(1);
  } finally {
    undo();
  }
});

function botLogin(apiUrl: string): Promise<string> {
  const clock = new ManualClock();
  const clients = createClients({
    credentials: { appId: github.app.id, privateKey: github.app.privateKey },
    apiUrl,
    limiters: createLimiters({ concurrentRequests: 1, betweenWritesMs: 0, betweenNotificationsMs: 0 }),
    ledger: new RequestLedger(clock),
    clock,
    log: { info() {}, warn() {}, error() {} },
  });
  return clients.botLogin();
}
