import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type AppOnLoopback, SECRET, startApp } from "../github/app-on-loopback.ts";
import { createScene } from "../github/complaints/scene.ts";

/** A word in a line of code, one that is a secret in it, and one that a person writes: each is followed through all that the service keeps. */
const WORDS = ["canaryLineOfCode", "canarySecret7Hq2Zx9", "canaryWordsOfAPerson"] as const;
const [LINE, HIDDEN, SAID] = WORDS;

const CODE = `import subprocess

password = "${HIDDEN}"
api_key = "sk_live_${HIDDEN}"


def run(${LINE}):
    subprocess.run(f"ls {${LINE}} ${HIDDEN}", shell=True)
`;
const BROKEN = `def ${LINE}(:\n    "${HIDDEN}\n`;
const CONFIGURATION = `${LINE}: [${HIDDEN}\n`;

let app: AppOnLoopback;
let folder: string;
const spans: Buffer[] = [];
const collector = createServer(async (request, response) => {
  for await (const part of request) spans.push(part);
  response.writeHead(200).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", `http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  folder = mkdtempSync(join(tmpdir(), "safepath-canary-"));
  app = await startApp({ settings: { queue: { kind: "file", path: join(folder, "queue.db") } } });
});

afterAll(() => {
  collector.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Reviews, answers and every kind of failure, each with the words in it. */
async function live(): Promise<void> {
  const scene = createScene(app);
  const { github } = app;
  const pull = await scene.open({}, { "a.py": CODE, "broken.py": BROKEN, ".github/safepath.yml": CONFIGURATION });
  await scene.reply(pull, "mona", `/safepath ignore ${SAID}`);
  await scene.ended(await github.announceConversation(pull, github.comment(pull, "mona", `/safepath help ${SAID}`)));
  const body = { message: `${LINE} ${HIDDEN} ${SAID}`, documentation_url: "https://docs.github.com" };
  const files = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
  github.faults.inject({ kind: "status", status: 500, body, match: files, times: 5 });
  github.faults.inject({ kind: "graphql-error", type: "INTERNAL", message: HIDDEN, match: "POST /graphql" });
  github.faults.inject({
    kind: "status",
    status: 422,
    body,
    match: "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  });
  await scene.push(pull, { "b.py": CODE });
  github.faults.inject({ kind: "status", status: 404, body, match: files });
  const lost = await app.openPullRequest({}, { "c.py": CODE });
  await github.announce(lost, { action: "opened" });
  await app.logged(({ msg, repository }) => msg === "review failed" && repository === lost.repository.fullName);
  await github.deliver("pull_request", { action: "opened", number: SAID, comment: HIDDEN });
  await github.announce(lost, { action: "opened" }, { tamper: "body" });
}

test("neither code nor a secret nor what a person writes is in any table, line, span or metric", async () => {
  await live();
  const metrics = await app.metrics();
  const { privateKey } = app.github.app;
  await app.close();
  const kept = {
    tables: readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "latin1"))
      .join("\n"),
    log: app.log.map((line) => JSON.stringify(line)).join("\n"),
    spans: Buffer.concat(spans).toString("latin1"),
    metrics,
  };
  // What is looked through is there, and holds what it should.
  const expected = { tables: "b.py", log: "review ended", spans: "publish", metrics: 'rule="' };
  for (const [name, text] of Object.entries(expected))
    expect(kept[name as keyof typeof kept].includes(text), name).toBe(true);
  const keyLine = privateKey.split("\n")[3] ?? "";
  for (const [name, text] of Object.entries(kept))
    for (const word of [...WORDS, SECRET, keyLine, "ghs_"])
      expect(text.includes(word), `${word} in ${name}`).toBe(false);
});
