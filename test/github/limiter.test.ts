import { afterEach, expect, test, vi } from "vitest";
import { Limiter, LimiterGroup } from "../../src/github/limiter.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Jobs that end when the test says so. */
function jobsOf(limiter: Limiter) {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const begin = (id: number) =>
    limiter.run(() => {
      begun.push(id);
      return new Promise<number>((resolve) => ends.push(() => resolve(id)));
    });
  return { begun, ends, begin };
}

test("begins no more jobs at a time than it may, in the order in which they came", async () => {
  const { begun, ends, begin } = jobsOf(new Limiter({ concurrent: 2 }));
  const all = [1, 2, 3].map(begin);
  expect(begun).toEqual([1, 2]);
  ends[1]?.();
  await all[1];
  await vi.waitFor(() => expect(begun).toEqual([1, 2, 3]), 60_000);
  for (const end of ends) end();
  expect(await Promise.all(all)).toEqual([1, 2, 3]);
});

test("a job that fails makes room for the next", async () => {
  const limiter = new Limiter({ concurrent: 1 });
  const failed = limiter.run(() => Promise.reject(new Error("failed")));
  const next = limiter.run(async () => "done");
  await expect(failed).rejects.toThrow("failed");
  expect(await next).toBe("done");
});

test.each([0, 7_200_000, -7_200_000])(
  "begins jobs as far apart as it is told to, also when the clock is set by %s ms",
  async (by) => {
    vi.useFakeTimers({ toFake: ["Date", "performance", "setTimeout"] });
    const { begun, ends, begin } = jobsOf(new Limiter({ concurrent: 1, betweenMs: 1_000 }));
    const all = [1, 2].map(begin);
    vi.setSystemTime(Date.now() + by);
    ends[0]?.();
    await all[0];
    await vi.advanceTimersByTimeAsync(999);
    expect(begun).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun).toEqual([1, 2]);
  },
);

test("limiters of a group know nothing of each other, and those that nobody uses are dropped", async () => {
  const group = new LimiterGroup({ concurrent: 1 });
  const { begun, begin } = jobsOf(group.key("busy"));
  void begin(1);
  for (let at = 0; at < 1_000; at += 1) group.key(`idle ${at}`);
  void begin(2);
  expect(group.key("busy").isIdle).toBe(false);
  expect(begun).toEqual([1]);
});
