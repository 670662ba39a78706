import { expect, test } from "vitest";
import { HostTime } from "../../src/github/host-time.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-01T12:00:00Z");

function begin(wall = START) {
  let elapsed = 5_000;
  const machine = { wall };
  const time = new HostTime({ wall: () => machine.wall, elapsed: () => elapsed });
  const pass = (milliseconds: number) => {
    elapsed += milliseconds;
  };
  return { time, machine, pass };
}

test.each([2 * HOUR, -2 * HOUR])("a clock that is set by %s ms while the service runs changes nothing", (by) => {
  const { time, machine, pass } = begin();
  machine.wall += by;
  pass(1_000);
  expect(time.now()).toEqual(new Date(START + 1_000));
});

test.each([2 * HOUR, -2 * HOUR])("a clock that was wrong by %s ms from the start is set right by an answer", (by) => {
  const { time, pass } = begin(START + by);
  time.told(new Date(START).toUTCString());
  pass(HOUR);
  expect(time.now()).toEqual(new Date(START + HOUR));
});

test("the seconds that an answer takes are no difference, and what is no date says nothing", () => {
  const { time, pass } = begin();
  pass(9_000);
  for (const date of [new Date(START).toUTCString(), null, "", "soon"]) time.told(date);
  expect(time.now()).toEqual(new Date(START + 9_000));
});
