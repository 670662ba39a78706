import { describe, expect, it } from "vitest";
import { findPrivateKeys } from "../../src/detectors/secrets/find-private-keys.ts";

const begin = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----`;
const body = "MHcCAQEEIPq7VtNw3cRk1Y8mZbXg5sLhUo2eJdQ0fTnW9aKvC4RroAoGCCqGSM49AwEHoUQDQgAE";

describe("findPrivateKeys", () => {
  it.each([
    ["lines", `${begin("EC ")}\n${body.slice(0, 64)}\n${body.slice(64)}`],
    ["escapes", `${begin("EC ")}\\n${body.slice(0, 40)}\\n${body.slice(40)}`],
    ["literals side by side", `"${begin("EC ")}\\n"\n    "${body.slice(0, 40)}\\n"\n    b'${body.slice(40)}'`],
  ])("finds a key written in %s", (_, text) => {
    expect(findPrivateKeys(text).map((key) => key.algorithm)).toEqual(["EC"]);
  });

  it.each([
    ["a header without a body", `if text.startswith("${begin("RSA ")}"): pass`],
    ["a body that was cut short", `${begin("")}\n...\n-----END PRIVATE KEY-----`],
    ["a body of one letter", `${begin("")}\n${"A".repeat(80)}`],
    ["a key with a passphrase", `${begin("RSA ")}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\n${body}`],
    ["a public key", `-----BEGIN PUBLIC KEY-----\n${body}`],
  ])("leaves out %s", (_, text) => {
    expect(findPrivateKeys(text)).toEqual([]);
  });
});
