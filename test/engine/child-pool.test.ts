import { AsyncLocalStorage } from "node:async_hooks";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { AnalysisTask, Engine } from "../../src/analysis/analyser.ts";
import { type ChildPoolOptions, createChildPool } from "../../src/engine/child-pool.ts";
import type { Trouble } from "../../src/engine/trouble.ts";

const entry = new URL("./odd-child.ts", import.meta.url);
const pools: Engine[] = [];

function start(options: Partial<ChildPoolOptions> = {}): Engine {
  const pool = createChildPool({ size: 1, entry, ...options });
  pools.push(pool);
  return pool;
}

function file(path: string, text = ""): AnalysisTask {
  return { kind: "file", file: { path, text }, options: { profile: "default", levels: {}, today: "2026-01-01" } };
}

async function pidOf(pool: Engine): Promise<number> {
  return (await pool.analyse(file("good.py"))).linesInScope;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

test("a file that hangs costs a notice and its child; the next files go on in another", async () => {
  const troubles: Trouble[] = [];
  const restarts: string[] = [];
  const onTrouble = (trouble: Trouble) => troubles.push(trouble);
  const pool = start({ deadlineMs: 300, onTrouble, onRestart: (reason) => restarts.push(reason) });
  const before = await pidOf(pool);
  const analyses = await Promise.all(["a.py", "hang.py", "b.py", "c.py"].map((path) => pool.analyse(file(path))));
  expect(analyses.map(({ path, notices }) => [path, notices])).toEqual([
    ["a.py", []],
    ["hang.py", [{ kind: "too-slow", path: "hang.py", milliseconds: 300 }]],
    ["b.py", []],
    ["c.py", []],
  ]);
  expect(troubles).toEqual([{ kind: "too-slow", path: "hang.py", milliseconds: 300 }]);
  expect(restarts).toEqual(["too-slow"]);
  expect(await pidOf(pool)).not.toBe(before);
});

test("trouble is told in the context of whoever asked for the file", async () => {
  const context = new AsyncLocalStorage<string>();
  const told: (string | undefined)[] = [];
  const pool = start({ onTrouble: () => told.push(context.getStore()) });
  await Promise.all(["one", "other"].map((job) => context.run(job, () => pool.analyse(file("throw.py")))));
  expect(told).toEqual(["one", "other"]);
});

test("a child that waits for the processor is given more time", async () => {
  const pool = start({ deadlineMs: 300, timeOf: () => ({ milliseconds: 10, isRunnable: true }) });
  expect((await pool.analyse(file("slow.py"))).notices).toEqual([]);
});

test.each([
  ["has had the processor", { milliseconds: 299, isRunnable: true }],
  ["waits for something else", { milliseconds: 10, isRunnable: false }],
])("a child that %s is not", async (_, time) => {
  let asked = 0;
  const pool = start({ deadlineMs: 300, timeOf: () => (asked++ < 2 ? { ...time, milliseconds: 0 } : time) });
  expect((await pool.analyse(file("slow.py"))).notices).toMatchObject([{ kind: "too-slow" }]);
});

test("a file that hangs is given up even where nothing gets the processor", async () => {
  const pool = start({ deadlineMs: 100, timeOf: () => ({ milliseconds: 10, isRunnable: true }) });
  expect((await pool.analyse(file("hang.py"))).notices).toMatchObject([{ kind: "too-slow", milliseconds: 100 }]);
});

test("a file that takes its child down costs a notice; every other file is analysed", async () => {
  const pool = start({ size: 2 });
  const paths = Array.from({ length: 40 }, (_, at) => (at % 8 === 3 ? "crash.py" : `good${at}.py`));
  const analyses = await Promise.all(paths.map((path) => pool.analyse(file(path, "x\ny\n"))));
  expect(analyses.map(({ path }) => path)).toEqual(paths);
  const crashed = analyses.filter(({ notices }) => notices.length > 0);
  expect(crashed.map(({ notices }) => notices)).toEqual(Array(5).fill([{ kind: "crashed", path: "crash.py" }]));
  expect(crashed[0]?.linesInScope).toBe(3);
});

test("a child that is killed from outside costs the file it was at", async () => {
  const pool = start({ deadlineMs: 60_000 });
  const pid = await pidOf(pool);
  const hanging = pool.analyse(file("hang.py"));
  process.kill(pid, "SIGKILL");
  expect((await hanging).notices).toEqual([{ kind: "crashed", path: "hang.py" }]);
  expect(await pidOf(pool)).not.toBe(pid);
});

test("an analysis that throws costs a notice, is reported with its error, and its child lives on", async () => {
  const troubles: Trouble[] = [];
  const pool = start({ onTrouble: (trouble) => troubles.push(trouble) });
  const before = await pidOf(pool);
  expect((await pool.analyse(file("throw.py"))).notices).toEqual([{ kind: "crashed", path: "throw.py" }]);
  expect(troubles).toEqual([{ kind: "threw", path: "throw.py", error: expect.stringContaining("a defect") }]);
  expect(await pidOf(pool)).toBe(before);
});

test("a child above the memory limit is replaced after its answer", async () => {
  const restarts: string[] = [];
  const pool = start({ maxRss: 1, onRestart: (reason) => restarts.push(reason) });
  expect(await pidOf(pool)).not.toBe(await pidOf(pool));
  expect(restarts[0]).toBe("memory");
});

test("a child below the memory limit is used again", async () => {
  const pool = start();
  expect(await pidOf(pool)).toBe(await pidOf(pool));
});

test("a child asks for files in the middle of its task, for each once, and tells two in one go apart", async () => {
  const asked: string[] = [];
  const long = "é€\n".repeat(100_000);
  const fileAt = (path: string) => {
    asked.push(path);
    if (path === "m0.py") return undefined;
    return { path, text: long, ...(path === "m2.py" && { change: { base: "four", hunks: [] } }) };
  };
  const pool = start({ fileAt });
  const analyses = await Promise.all(["ask/3", "ask/3"].map((path) => pool.analyse(file(path))));
  expect(analyses.map(({ linesInScope }) => linesInScope)).toEqual(Array(2).fill(2 * long.length + 4));
  expect(asked).toEqual(["m0.py", "m1.py", "m2.py"]);
});

test("what a child waits for is not its own time", async () => {
  const fileAt = (path: string) => {
    for (const end = performance.now() + 100; performance.now() < end; );
    return { path, text: "" };
  };
  const analysis = await start({ fileAt, deadlineMs: 500 }).analyse(file("ask/8"));
  expect(analysis.notices).toEqual([]);
});

test("no more children are started than there is work for", async () => {
  const pool = start({ size: 8 });
  const pids = [await pidOf(pool), await pidOf(pool), await pidOf(pool)];
  expect(new Set(pids).size).toBe(1);
});

test("children that cannot start are an error of the product, not a notice of the file", async () => {
  const pool = start({ args: ["unable"] });
  await expect(pool.analyse(file("a.py"))).rejects.toThrow("no rules");
});

test("close ends the children and rejects what is unanswered", async () => {
  const pool = start({ deadlineMs: 60_000 });
  const pid = await pidOf(pool);
  const unanswered = [pool.analyse(file("hang.py")), pool.analyse(file("a.py"))];
  const outcomes = Promise.allSettled(unanswered);
  await pool.close();
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  await expect(pool.analyse(file("a.py"))).rejects.toThrow("closed");
});

test("children end with a parent that is killed", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "safepath-")), "alive");
  const server = createServer().listen(path);
  const connection = once(server, "connection");
  const parent = fork(new URL("./odd-parent.ts", import.meta.url), [path], { execArgv: [] });
  await once(parent, "message");
  const [socket] = (await connection) as [Socket];
  const closed = once(socket.resume(), "close");
  parent.kill("SIGKILL");
  await closed;
  server.close();
});
