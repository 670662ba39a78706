import { afterAll, expect, test } from "vitest";
import { startApp } from "./app-on-loopback.ts";
import { MISTAKE } from "./complaints/scene.ts";
import type { PullRequest } from "./stand-in/pull-state.ts";
import type { ApiRequest } from "./stand-in/request.ts";

const app = await startApp();
afterAll(() => app.close());

const REFUSED = {
  kind: "status",
  status: 403,
  body: { message: "Resource not accessible by integration", documentation_url: "https://docs.github.com/rest" },
} as const;

/** Reviews the pull request while requests of one kind are refused; gives how its attempts ended. */
async function endsOf(pull: PullRequest, match: (request: ApiRequest) => boolean): Promise<readonly unknown[]> {
  const fault = app.github.faults.inject({ ...REFUSED, match, times: 1_000 });
  const { id } = await app.github.announce(pull, { action: "opened" });
  await app.logged(({ delivery, msg }) => delivery === id && msg === "review failed");
  fault.remove();
  return app.log
    .filter(({ delivery, msg }) => delivery === id && msg.startsWith("review "))
    .map(({ msg, err }) => [msg, (err as { kind?: string } | undefined)?.kind]);
}

test.each([
  ["pull requests", ({ path }: ApiRequest) => /\/pulls\/\d+$/u.test(path)],
  ["the files of a change", ({ path }: ApiRequest) => path.endsWith("/files")],
  ["contents", ({ path }: ApiRequest) => path === "/graphql" || path.includes("/compare/")],
  ["checks", ({ path }: ApiRequest) => path.includes("check-runs")],
  ["all", () => true],
])(
  "where GitHub does not let us see %s the job is given up at once, nothing is green, and the next one is done",
  async (_, match) => {
    const pull = await app.openPullRequest({}, { "a.py": MISTAKE });
    expect(await endsOf(pull, match)).toEqual([["review failed", "forbidden"]]);
    expect(app.github.checkRun(pull)?.conclusion).not.toBe("success");
    expect((await app.review(await app.openPullRequest({}, { "a.py": MISTAKE }))).conclusion).toBe("failure");
  },
);
