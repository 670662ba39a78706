import { describe, expect, test } from "vitest";
import type { Finding, SuppressionNotice } from "../../src/analysis/finding.ts";
import { DEFAULT_POLICY } from "../../src/config/defaults.ts";
import { readMarker } from "../../src/review/marker.ts";
import { planReview } from "../../src/review/plan-review.ts";
import type { PlannedComment, PostedComment, ReviewInput } from "../../src/review/review-plan.ts";
import { analysis, edit, file, filesByPath, finding, input, lines, locate, newFile, rule, SIGN } from "./build.ts";

const text = Array.from({ length: 80 }, (_, index) => `line_${index + 1} = ${index + 1}`).join("\n");
const files = filesByPath(newFile("a.py", text), newFile("b.py", text));

function at(line: number, parts: Partial<Finding> = {}): Finding {
  return finding({ location: lines("a.py", line), ...parts });
}

function review(findings: readonly Finding[], parts: Partial<ReviewInput> = {}) {
  return planReview(input({ analyses: [analysis("a.py", { findings })], files, ...parts }));
}

/** The comment as GitHub has it once it was posted. */
function posted(planned: PlannedComment, id = 1): PostedComment {
  const marker = readMarker(planned.body, SIGN);
  if (marker === undefined) throw new Error("a planned comment has a marker");
  const { path, startLine, line, body } = planned;
  const place = { ...(startLine ? { startLine } : {}), ...(line ? { line } : {}) };
  return { id, path, body, replies: [], answeredReplies: [], ...place, ...marker };
}

function postedAll(comments: readonly PlannedComment[]): readonly PostedComment[] {
  return comments.map((planned, index) => posted(planned, index + 1));
}

describe("the first review", () => {
  test("has a comment for each finding, the most severe first, and one body for all", () => {
    const plan = review([at(1, { level: "warning", ruleId: "weak-hash" }), at(9)]);
    expect(plan.comments.map(({ line }) => line)).toEqual([9, 1]);
    expect(plan.reviewBody).toContain("1 error, 1 warning in the lines that this change touches.");
    expect(plan.edits).toEqual([]);
    expect(plan.keep).toEqual([]);
  });

  test("is none where nothing is found, and none for what is below the level of comments", () => {
    expect(review([]).reviewBody).toBeUndefined();
    const plan = review([at(3, { level: "note" })]);
    expect(plan.comments).toEqual([]);
    expect(plan.reviewBody).toBeUndefined();
    expect(plan.check.summary).toContain("a.py` line 3");
  });

  test("does not ask for an answer that has been given: who wrote the change waits for a second person", () => {
    const silenced = { finding: at(5), by: "comment", reason: "a key of a cache", added: true } as const;
    const { comments } = planReview(input({ analyses: [analysis("a.py", { suppressed: [silenced] })], files }));
    expect(comments.map(({ body }) => body.includes("replies* `/safepath agree`"))).toEqual([true]);
    expect(comments[0]?.body).not.toContain("Not a problem here?");
  });

  test("says many findings of one rule in one comment, at the first of them", () => {
    const plan = review([1, 9, 20, 31].map((line) => at(line)));
    expect(plan.comments.map(({ line, fingerprints }) => [line, fingerprints.length])).toEqual([[1, 4]]);
    expect(plan.comments[0]?.body).toContain("This change has it in 4 places");
    expect(review([1, 9, 20].map((line) => at(line))).comments).toHaveLength(3);
  });

  test("carries no more comments than the policy allows, and says how many findings are in the check alone", () => {
    const findings = Array.from({ length: 20 }, (_, index) => at(index + 1, { ruleId: `rule-${index}` }));
    const plan = review(findings);
    expect(plan.comments).toHaveLength(15);
    expect(plan.reviewBody).toContain("The check lists 5 more findings.");
  });

  test("places a comment with a suggestion on exactly the lines that it replaces", () => {
    const location = locate("a.py", text, "line_5 = 5");
    const edits = [edit(text, "line_5 = 5\nline_6", "both")];
    const plan = review([at(5, { location, fix: { title: "Join", applicability: "safe", edits } })]);
    expect(plan.comments).toMatchObject([{ startLine: 5, line: 6 }]);
    expect(plan.comments[0]?.body).toContain("```suggestion\nboth = 6\n```");
  });

  test("puts a finding on the file where its lines are far from every change", () => {
    const far = filesByPath(file("a.py", text, [70]));
    const [comment] = review([at(5)], { files: far }).comments;
    expect(comment?.path).toBe("a.py");
    expect(comment).not.toHaveProperty("line");
    expect(comment?.body).toContain("It is in [`a.py` line 5]");
  });

  test("leaves a finding of a file outside the change to the check", () => {
    const plan = review([at(5, { location: lines("elsewhere.py", 5) })]);
    expect(plan.comments).toEqual([]);
    expect(plan.check.summary).toContain("elsewhere.py");
  });
});

describe("the next review", () => {
  const first = review([at(9), at(20, { ruleId: "weak-hash" })]);
  const earlier = postedAll(first.comments);

  test("says nothing where nothing is new", () => {
    const plan = review([at(9), at(20, { ruleId: "weak-hash" })], { posted: earlier });
    expect([plan.reviewBody, plan.comments, plan.edits]).toEqual([undefined, [], []]);
    expect(plan.keep).toHaveLength(2);
  });

  test("leaves a comment as it is when a push only moves its lines and the head", () => {
    const revision = { baseSha: "b".repeat(40), headSha: "c".repeat(40) };
    const moved = at(12, { fingerprint: at(9).fingerprint });
    const plan = review([moved, at(20, { ruleId: "weak-hash" })], { posted: earlier, revision });
    expect(plan.edits).toEqual([]);
  });

  test("says in its comment that a finding is gone, once", () => {
    const plan = review([at(9)], { posted: earlier });
    const [gone] = plan.edits;
    expect(gone?.body).toMatch(/^<!-- .* -->\n\n\*No longer found at `3f2c1a9`\.\*\n\n<details>/u);
    const after = earlier.map((comment) => {
      const marker = gone?.commentId === comment.id ? readMarker(gone.body, SIGN) : undefined;
      return marker ? { ...comment, ...marker, body: gone?.body ?? "" } : comment;
    });
    expect(review([at(9)], { posted: after }).edits).toEqual([]);
  });

  test("opens the comment again when its finding comes back", () => {
    const both = [at(9), at(20, { ruleId: "weak-hash" })];
    const gone = review([at(9)], { posted: earlier }).edits[0];
    const after = earlier.map((comment) =>
      comment.id === gone?.commentId ? { ...comment, ...readMarker(gone.body, SIGN), body: gone.body } : comment,
    );
    const plan = review(both, { posted: after });
    expect(plan.comments).toEqual([]);
    expect(plan.edits.map(({ body }) => body)).toEqual([first.comments[1]?.body]);
  });

  test("writes a comment anew when it has something else to say", () => {
    const plan = review([at(9, { message: "Said better." }), at(20, { ruleId: "weak-hash" })], { posted: earlier });
    expect(plan.edits).toMatchObject([{ commentId: 1 }]);
    expect(plan.edits[0]?.body).toContain("Said better.");
    expect(plan.keep).toHaveLength(2);
  });

  test("says that a finding was silenced, and why", () => {
    const suppressed = [{ finding: at(9), by: "comment" as const, reason: "checked by @ops", added: true }];
    const policy = { ...DEFAULT_POLICY, secondPersonFrom: "never" as const };
    const analyses = [analysis("a.py", { suppressed, findings: [at(20, { ruleId: "weak-hash" })] })];
    const plan = planReview(input({ analyses, files, posted: earlier, policy }));
    expect(plan.edits[0]?.body).toContain("*Silenced by a comment in the code at `3f2c1a9`*: `checked by @ops`");
    expect(plan.check.summary).toContain("Silenced (1, 1 by this change)");
  });

  test("lists what is silenced for two more weeks at most, by a comment or a reply, and which comments want correcting", () => {
    const about = (kind: SuppressionNotice["kind"], text: string, about: string): SuppressionNotice => {
      return { kind, location: lines("a.py", 3), text, about };
    };
    const notices = [
      about("suppression-ends-soon", "# until friday", "2026-12-01"),
      about("suppression-unused", "# for nothing", "weak-hash"),
    ];
    const reply = { by: "reply" as const, people: ["ada"], reason: "until the move", added: false };
    const suppressed = [
      { ...reply, finding: at(9), until: "2026-12-11" },
      { ...reply, finding: at(20, { ruleId: "weak-hash" }), until: "2026-12-12" },
    ];
    const { summary } = planReview(input({ analyses: [analysis("a.py", { notices, suppressed })], files })).check;
    const listOf = (title: string) => summary.slice(summary.indexOf(title)).split("\n\n")[1];
    const ending = listOf("Silenced for a few more days:");
    expect(ending).toContain("`a.py` line 3: `# until friday` ends on 2026-12-01");
    expect(ending).toContain("`sql-injection` until 2026-12-11");
    expect(ending).not.toContain("weak-hash");
    const correcting = listOf("Worth correcting:");
    expect(correcting).toContain("`a.py` line 3: `# for nothing` silences nothing: `weak-hash` finds nothing there");
    expect(correcting).not.toContain("friday");
    expect(summary.match(/until friday/g)).toHaveLength(1);
  });

  test("does not call gone what could not be looked at", () => {
    const analyses = [analysis("a.py", { notices: [{ kind: "crashed", path: "a.py" }] })];
    expect(planReview(input({ analyses, files, posted: earlier })).edits).toEqual([]);
  });

  test("calls gone what was in a file that has left the change", () => {
    expect(planReview(input({ analyses: [analysis("b.py")], files, posted: earlier })).edits).toHaveLength(2);
  });

  test("keeps a group as long as one of its findings stands, and tells how many are left", () => {
    const group = postedAll(review([1, 9, 20, 31].map((line) => at(line))).comments);
    const plan = review([at(9), at(31)], { posted: group });
    expect(plan.comments).toEqual([]);
    expect(plan.edits[0]?.body).toContain("This change has it in 2 places");
  });

  test("offers a suggestion in an old comment only where it still replaces the comment's lines", () => {
    const location = locate("a.py", text, "line_5 = 5");
    const fixed = at(5, { location, fix: { title: "", applicability: "safe", edits: [edit(text, "line_5", "five")] } });
    const [comment] = postedAll(review([fixed]).comments);
    if (comment === undefined) throw new Error("no comment");
    const said = { ...fixed, message: "Said better." };
    expect(review([said], { posted: [comment] }).edits[0]?.body).toContain("```suggestion");
    expect(review([said], { posted: [{ ...comment, line: 6 }] }).edits[0]?.body).not.toContain("```suggestion");
  });

  test("does not bring out the next findings while the earlier comments stand", () => {
    const findings = Array.from({ length: 20 }, (_, index) => at(index + 1, { ruleId: `rule-${index}` }));
    const before = postedAll(review(findings).comments);
    expect(review(findings, { posted: before }).comments).toEqual([]);
    const fixedFive = findings.filter(
      (entry) => !before.slice(0, 5).some(({ fingerprints }) => fingerprints.includes(entry.fingerprint)),
    );
    expect(review(fixedFive, { posted: before }).comments).toHaveLength(5);
  });
});

describe("the check", () => {
  const conclusion = (findings: readonly Finding[], policy = {}) =>
    review(findings, { policy: { ...DEFAULT_POLICY, ...policy } }).check;

  test("fails on errors by default, and on what the policy names", () => {
    expect(conclusion([at(1)]).conclusion).toBe("failure");
    expect(conclusion([at(1, { level: "warning" })]).conclusion).toBe("success");
    const failingOn = (failOn: "warning" | "never") => ({ files: { ...DEFAULT_POLICY.files, failOn } });
    expect(conclusion([at(1, { level: "warning" })], failingOn("warning")).conclusion).toBe("failure");
    expect(conclusion([at(1)], failingOn("never")).conclusion).toBe("success");
  });

  test("has the numbers in its title", () => {
    expect(conclusion([at(1), at(2), at(3, { level: "note" })]).title).toBe("2 errors, 1 note in 1 changed file");
    expect(conclusion([]).title).toBe("No findings in 1 changed file");
    expect(planReview(input({ coverage: { changedFiles: 3, truncated: false } })).check.title).toBe(
      "No Python changes",
    );
  });

  test("lists findings by their level and then as one reads the change, however sure a rule is", () => {
    const sure = new Map(
      (["low", "very-high"] as const).map((precision) => [precision, rule({ id: precision, precision })]),
    );
    const findings = [at(2, { ruleId: "low" }), at(9, { ruleId: "very-high" }), at(1, { level: "note" })];
    const { summary } = review(findings, { rules: sure }).check;
    const places = [...summary.matchAll(/line (\d+)/gu)].map(([, line]) => line);
    expect(places).toEqual(["2", "9", "1"]);
  });

  test("says once what one value does in several places, and shows the way to the first of them", () => {
    const step = (line: number, role: "source" | "assign", note: string) => ({
      location: lines("a.py", line),
      note,
      role,
    });
    const from = (line: number) => [step(line, "source", `\`a\` of ${line} is read`), step(line, "assign", "assigned")];
    const { comments } = review([
      at(9, { trace: from(1) }),
      at(20, { trace: from(1) }),
      at(31, { trace: from(2) }),
      at(25, { trace: from(1), ruleId: "ssrf" }),
    ]);
    expect(comments.map(({ fingerprints }) => fingerprints.length).sort()).toEqual([1, 1, 2]);
    const both = comments.find(({ fingerprints }) => fingerprints.length === 2);
    expect(both?.body).toContain("This change has it in 2 places");
    expect(both?.body).toContain("`a` of 1 is read");
  });

  test("shows the way of each value in a fold, whole or not at all", () => {
    const step = (line: number, note: string) => ({ location: lines("a.py", line), note, role: "call" as const });
    const way = [step(1, "`a` is read"), step(4, "passed to `b`")];
    const one = review([at(9, { trace: way }), at(2, { trace: [step(2, "alone")] })]).check.summary;
    expect(one).toContain("How the values get there (1 way)");
    expect(one).toMatch(/^- \[`a\.py` line 9\]\(.*\) `sql-injection`\n {2}1\. \[`a\.py` line 1\]\(.*\) `a` is read$/mu);
    const long = Array.from({ length: 30 }, (_, at) => step(at + 1, "passed on ".repeat(90)));
    const { summary } = review(Array.from({ length: 40 }, (_, index) => at(index + 1, { trace: long }))).check;
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    const [, fold = ""] = summary.split("How the values get there");
    expect(fold).toMatch(/more ways than fit here/u);
    expect(fold.match(/^ {2}30\. /gmu)).toHaveLength(fold.match(/^- \[/gmu)?.length ?? 0);
  });

  test("is not green for a file that could not be read or analysed, unless policy says neutral", () => {
    const notices = [{ kind: "unreadable" as const, path: "a.py", reason: "not-fetched" as const }];
    const check = planReview(input({ analyses: [analysis("a.py", { notices })], files })).check;
    expect([check.conclusion, check.title]).toEqual(["failure", "Could not verify: 1 file could not be read"]);
    const policy = { ...DEFAULT_POLICY, onIncomplete: "neutral" as const };
    expect(planReview(input({ analyses: [analysis("a.py", { notices })], files, policy })).check.conclusion).toBe(
      "neutral",
    );
  });

  test("lists the size of what is no program and syntax errors without failing", () => {
    const notices = [
      { kind: "limit" as const, path: "poetry.lock", limit: "size" as const, measured: 626_000, bound: 524_288 },
    ];
    const broken = [{ kind: "syntax-error" as const, location: lines("a.py", 3) }];
    const analyses = [analysis("poetry.lock", { notices }), analysis("a.py", { notices: broken })];
    const check = planReview(input({ analyses, files })).check;
    expect(check.conclusion).toBe("success");
    expect(check.summary).toContain("`poetry.lock`: not analysed: 612 kB, limit 512 kB");
    expect(check.summary).toContain("`a.py` line 3: not Python that the parser knows");
    expect(check.summary).toContain("1 of 2 changed files, 10 changed lines");
  });

  test.each(["size", "nodes", "continuations", "steps", "depth", "findings", "change"] as const)(
    "is not green for a program that meets the limit of %s, which its author can make it meet",
    (limit) => {
      const notices = [{ kind: "limit" as const, path: "a.py", limit, measured: 3, bound: 2 }];
      const check = planReview(input({ analyses: [analysis("a.py", { notices })], files })).check;
      expect(check).toMatchObject({ conclusion: "failure", title: "Could not verify: 1 file could not be analysed" });
    },
  );

  test("fails where GitHub lists only a part of the change", () => {
    const coverage = { changedFiles: 3000, truncated: true };
    const check = planReview(input({ analyses: [analysis("a.py")], files, coverage })).check;
    expect(check.conclusion).toBe("failure");
    expect(check.summary).toContain("split it");
  });

  test("annotates every finding on its own lines, in plain text", () => {
    const { annotations } = review([at(9, { level: "warning" })]).check;
    expect(annotations).toEqual([
      {
        path: "a.py",
        startLine: 9,
        endLine: 9,
        level: "warning",
        title: "Title of sql-injection",
        message: `${at(9).message}\n\nsql-injection: https://docs.example/rules/sql-injection.md`,
      },
    ]);
  });
});
