import { expect, test } from "vitest";
import { type Judging, judge } from "../../src/review/answer.ts";
import type { PostedComment, Reply } from "../../src/review/review-plan.ts";

const JUDGING: Judging = {
  author: "alice",
  authors: new Set(["alice"]),
  today: "2026-11-27",
  mayWrite: new Set(["alice", "alice-2", "bob"]),
};
const ABOUT = { ruleId: "sql-injection", needsSecond: true };

function thread(...replies: readonly Reply[]): PostedComment {
  return {
    id: 1,
    path: "a.py",
    body: "",
    fingerprints: [],
    bodyHash: "",
    state: "open",
    handled: 0,
    replies,
    answeredReplies: [],
  };
}

test("a person who takes another login is no second person", () => {
  const asked = { id: 2, author: "alice", authorId: 7, body: "/safepath ignore trust me" };
  const agreed = { id: 3, author: "alice-2", authorId: 7, body: "/safepath agree" };
  const renamed = { ...JUDGING, author: "alice-2", authors: new Set(["alice-2"]) };
  const first = judge(thread(asked), ABOUT, JUDGING);
  expect(first.answer).toMatchObject({ waits: true });
  const second = judge({ ...thread(asked, agreed), ...first, handled: 2 }, ABOUT, renamed);
  expect(second.answer).toMatchObject({ waits: true });
  const other = { ...agreed, author: "bob", authorId: 8 };
  expect(judge({ ...thread(asked, other), ...first, handled: 2 }, ABOUT, renamed).answer).toMatchObject({
    by: "alice",
    agreedBy: "bob",
  });
});
