import { expect, test } from "vitest";
import { State } from "../../src/taint/values/state.ts";
import { constantValue } from "../../src/taint/values/value.ts";

const NAME = 1;
const LOCAL = 2;
const ONE = constantValue("one");
const TWO = constantValue("two");

test("layers that have their variables in common do not see what the other writes later", () => {
  const bottom = new State();
  const branch = bottom.fork();
  branch.set(NAME, ONE);
  const flat = branch.collapse(bottom);
  branch.set(NAME, TWO);
  expect(flat.get(NAME)).toBe(ONE);
  flat.set(LOCAL, TWO);
  expect(branch.get(LOCAL)).toBeUndefined();
});

test("where branches meet a variable has the values of all of them, once each", () => {
  const before = new State();
  before.set(NAME, ONE);
  const first = before.fork();
  first.set(NAME, TWO);
  const second = before.fork();
  second.set(LOCAL, ONE);
  before.merge([first, second]);
  expect(before.get(NAME)?.constants).toEqual(["two", "one"]);
  expect(before.get(LOCAL)).toBe(ONE);
});

test.each([1, 2])("variables that are gone are not taken from %i branches", (count) => {
  const before = new State();
  const branches = Array.from({ length: count }, () => {
    const branch = before.fork();
    branch.set(NAME, ONE);
    branch.set(LOCAL, TWO);
    return branch;
  });
  before.merge(branches, (key) => key === LOCAL);
  expect(before.get(NAME)).toBe(ONE);
  expect(before.get(LOCAL)).toBeUndefined();
});

test("a variable that is forgotten is the one below again", () => {
  const before = new State();
  before.set(NAME, ONE);
  const branch = before.fork();
  branch.set(NAME, TWO);
  branch.forget(NAME);
  expect(branch.get(NAME)).toBe(ONE);
});

test.each([
  ["something that was read", true, true, false],
  ["something that was not read", false, false, false],
  ["something that was bound before, for whoever leaves", false, true, true],
])("a round that left more of %s: %s, more is %s", (_, isRead, isMore, isLeft) => {
  const head = new State();
  head.set(NAME, ONE);
  const reads = { variables: new Set<number>(), refs: new Set<number>() };
  head.watch(reads);
  const round = head.fork();
  if (isRead) round.get(NAME);
  round.set(NAME, TWO);
  round.get(NAME);
  head.watch(undefined);
  expect(reads.variables.has(NAME)).toBe(isRead);
  expect(head.absorb(round, reads, isLeft)).toBe(isMore);
  expect(head.get(NAME)?.constants).toEqual(["one", "two"]);
});

test("a round that leaves one of the values that were there already is no more", () => {
  const head = new State();
  head.set(NAME, ONE);
  const rounds = [TWO, TWO].map((value) => {
    const round = head.fork();
    round.set(NAME, value);
    return head.absorb(round, undefined, false);
  });
  expect(rounds).toEqual([true, false]);
});
