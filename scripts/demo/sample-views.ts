import { readMarker } from "../../src/review/marker.ts";
import { planReview } from "../../src/review/plan-review.ts";
import type { PlannedComment, PostedComment, ReviewPlan } from "../../src/review/review-plan.ts";
import { analysis, SIGN } from "../../test/review/build.ts";
import type { ReviewView } from "./review-view.ts";
import { configured, findings, given, unverified, withPackages } from "./sample-input.ts";

/** One view for each state of a review. */
export function sampleViews(): readonly (readonly [string, ReviewView])[] {
  const first = planReview(given(findings()));
  const left = findings().filter(({ ruleId }) => ruleId === "sql-injection");
  const posted = postedComments(first);
  const second = planReview({
    ...given(left.map((entry) => ({ ...entry, message: `${entry.message} Really.` }))),
    posted,
  });
  return [
    ["first-review", viewOf(first, first.comments)],
    [
      "second-review",
      viewOf(
        second,
        posted.map((comment) => ({ ...comment, body: bodyAfter(second, comment) })),
      ),
    ],
    ["clean", viewOf(planReview({ ...given([]), analyses: [analysis("views.py", { linesInScope: 22 })] }), [])],
    ["unverified", viewOf(planReview(unverified()), [])],
    ["new-packages", viewOf(planReview(withPackages()), [])],
    ["configured", viewOf(planReview(configured()), [])],
    ["draft", viewOf(planReview({ ...given(findings()), quiet: "draft" }), [])],
    ["answers", answered(first)],
  ];
}

/** Every way of asking, and what is said to it. */
function answered(first: ReviewPlan): ReviewView {
  const [about] = postedComments(first).filter(({ path }) => path === "views.py");
  if (about === undefined) throw new Error("the first review has a comment in views.py");
  const asked: readonly (readonly [string, string, boolean?])[] = [
    ["mallory", "/safepath ignore it is fine"],
    ["alice", "/safepath ignore names are never shown"],
    ["octocat", "/safepath agree", true],
    ["alice", "/safepath agree"],
    ["octocat", "/safepath accept until never"],
    ["octocat", "/safepath ignore"],
    ["octocat", "/safepath explain"],
    ["octocat", "/safepath help"],
    ["octocat", "/safepath agree"],
  ];
  const replies = asked.map(([author, body, isEdited = false], at) => ({ id: at + 1, author, body, isEdited }));
  const base = given(findings());
  const plan = planReview({
    ...base,
    judging: { ...base.judging, mayWrite: new Set(["alice", "octocat"]) },
    posted: [{ ...about, replies }],
  });
  const said = plan.responses.map(({ reply, reaction, body = "" }) => {
    const [author, words] = asked[reply - 1] ?? [];
    return `**${author}**: \`${words}\` (${reaction})\n\n${body}`;
  });
  return {
    title: "Find people by name #7",
    author: "safepath",
    check: plan.check,
    comments: [bodyAfter(plan, about), ...said].map((body) => ({ path: about.path, body, code: [] })),
  };
}

function postedComments({ comments }: ReviewPlan): readonly PostedComment[] {
  return comments.flatMap((planned, id) => {
    const marker = readMarker(planned.body, SIGN);
    return marker === undefined ? [] : [{ id, replies: [], answeredReplies: [], ...planned, ...marker }];
  });
}

function bodyAfter(plan: ReviewPlan, comment: PostedComment): string {
  return plan.edits.find(({ commentId }) => commentId === comment.id)?.body ?? comment.body;
}

function viewOf(
  plan: ReviewPlan,
  comments: readonly Pick<PlannedComment, "path" | "startLine" | "line" | "body">[],
): ReviewView {
  const texts = given([]).files;
  return {
    title: "Find people by name #7",
    author: "safepath",
    check: plan.check,
    ...(plan.reviewBody ? { reviewBody: plan.reviewBody } : {}),
    comments: comments.map((comment) => {
      const code = (texts.get(comment.path)?.text ?? "")
        .split("\n")
        .map((text, index) => ({ number: index + 1, text, added: true }));
      const last = comment.line ?? 0;
      return { ...comment, code: code.filter(({ number }) => number <= last && number > last - 4) };
    }),
  };
}
