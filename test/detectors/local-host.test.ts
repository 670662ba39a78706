import { describe, expect, test } from "vitest";
import { isLocalHost } from "../../src/detectors/shared/local-host.ts";

describe("a host", () => {
  test.each(["localhost", "db", "127.0.0.1", "10.1.2.3", "172.31.0.9", "192.168.1.1", "169.254.169.254", "[::1]"])(
    "is nearby by its address or for want of a dot: %s",
    (host) => expect(isLocalHost(host)).toBe(true),
  );

  test.each(["printer.local", "orders.shop.svc", "vault.internal", "app.test", "Shop.LOCALHOST"])(
    "is nearby by the end of its name: %s",
    (host) => expect(isLocalHost(host)).toBe(true),
  );

  test.each(["example.org", "172.32.0.1", "11.0.0.1", "localhost.example.org", "mylocal.example", "193.168.1.1"])(
    "is elsewhere: %s",
    (host) => expect(isLocalHost(host)).toBe(false),
  );
});
