import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";

const app = await startApp({ apiPath: "/api/v3" });
afterAll(() => app.close());

test("a pull request on a GitHub Enterprise Server is reviewed", async () => {
  const pull = await app.openPullRequest({}, { "a.py": "def run(text):\n    return eval(text)\n" });
  const run = await app.review(pull);
  expect(run.status).toBe("completed");
  expect(run.annotations.map(({ start_line }) => start_line)).toEqual([2]);
  expect(app.github.countRequests("POST /graphql")).toBe(1);
});
