import { expect, test } from "vitest";
import { TaskQueue } from "../../src/engine/task-queue.ts";

const left = { name: "left" };
const right = { name: "right" };
const two = () => 2;

function queueOf(tasks: readonly number[]): TaskQueue<number> {
  const queue = new TaskQueue<number>();
  for (const task of tasks) queue.push(task);
  return queue;
}

test("a worker goes on where it was, and another begins in the middle", () => {
  const queue = queueOf([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(queue.take(left, two)).toEqual([1, 2]);
  expect(queue.take(right, two)).toEqual([6, 7]);
  expect(queue.take(left, two)).toEqual([3, 4]);
  expect(queue.take(right, two)).toEqual([8]);
});

test("a worker at the end of its run takes half of what the other has left", () => {
  const queue = queueOf([1, 2, 3, 4, 5, 6, 7, 8]);
  queue.take(left, () => 1);
  expect(queue.take(right, () => 4)).toEqual([5, 6, 7, 8]);
  expect(queue.take(right, two)).toEqual([3, 4]);
  expect(queue.take(left, two)).toEqual([2]);
  expect([queue.take(left, two), queue.take(right, two)]).toEqual([[], []]);
});

test("what was asked for earlier comes first, and is not mixed with what comes later", () => {
  const queue = queueOf([1, 2]);
  expect(queue.take(left, () => 1)).toEqual([1]);
  queue.push(3);
  queue.push(4);
  expect(queue.take(right, two)).toEqual([3, 4]);
  expect(queue.take(left, two)).toEqual([2]);
});

test("a worker begins with what it was given back", () => {
  const queue = queueOf([1, 2, 3, 4]);
  const [, ...unanswered] = queue.take(left, () => 3);
  queue.putBack(left, unanswered);
  expect(queue.length).toBe(3);
  expect(queue.take(left, two)).toEqual([2, 3]);
});

test("each task is taken once, however workers take turns", () => {
  const queue = queueOf(Array.from({ length: 97 }, (_, at) => at));
  const workers = Array.from({ length: 5 }, (_, name) => ({ name }));
  const taken: number[] = [];
  for (let turn = 0; queue.length > 0; turn++) {
    const worker = workers[(turn * turn) % 5] ?? left;
    taken.push(...queue.take(worker, (run) => Math.min(run.length, 1 + (turn % 3))));
  }
  expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 97 }, (_, at) => at));
});

test("all that waits can be taken at once", () => {
  const queue = queueOf([1, 2, 3]);
  queue.take(left, () => 1);
  queue.push(4);
  expect(queue.takeAll()).toEqual([2, 3, 4]);
  expect(queue.length).toBe(0);
});
