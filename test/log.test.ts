import { expect, test } from "vitest";
import { createLog } from "../src/log.ts";
import { CodeHostError } from "../src/service/code-host-error.ts";

test("an error of the client is logged by what tells it apart, without what was sent and answered", () => {
  const request = {
    method: "POST",
    url: "https://api.github.com/repos/acme/shop/pulls/1/reviews",
    headers: { authorization: "token ghs_1234567890" },
    body: { body: "eval(text)" },
  };
  const refused = Object.assign(new Error("Validation failed: eval(text)"), { status: 422, request });
  const line = logged({ err: new CodeHostError({ kind: "refused" }, { cause: refused }) });
  expect(line).toMatchObject({ err: { kind: "refused", cause: { status: 422, method: "POST", url: request.url } } });
  expect(JSON.stringify(line)).not.toMatch(/eval|ghs_/u);
});

test("a bug is logged with the place where it was thrown", () => {
  const line = logged({ err: new TypeError("x is undefined") });
  expect(line).toMatchObject({
    err: { type: "TypeError", message: "x is undefined", stack: expect.stringContaining("log.test.ts") },
  });
});

test("an error that carries a delivery is logged without its payload", () => {
  const error = Object.assign(new AggregateError([new Error("eval(text)")], "eval(text)"), {
    event: { payload: "eval(text)" },
  });
  expect(JSON.stringify(logged({ err: error }))).not.toContain("eval");
});

test("fields that name a credential are struck out, at any depth that is in use", () => {
  const line = logged({
    token: "t0",
    settings: { privateKey: "t1", webhookSecrets: ["t2"], nested: { secret: "t3" } },
  });
  expect(JSON.stringify(line)).not.toMatch(/t[0-3]"/u);
});

test("a token in a message is struck out", () => {
  const line = logged({ err: new Error("bad credentials: ghs_AbC123.def-4 and eyJhbGciOi.eyJpc3Mi.sig") });
  expect(JSON.stringify(line)).toContain("bad credentials: [removed] and [removed]");
});

function logged(fields: object): unknown {
  const lines: string[] = [];
  createLog("info", { write: (line) => lines.push(line) }).info(fields, "something happened");
  return JSON.parse(lines.join(""));
}
