import type { Finding } from "../../src/analysis/finding.ts";
import { readMarker } from "../../src/review/marker.ts";
import type { NewPackage } from "../../src/review/new-package.ts";
import { planReview } from "../../src/review/plan-review.ts";
import type { PlannedComment, PostedComment, ReviewInput, ReviewPlan } from "../../src/review/review-plan.ts";
import {
  analysis,
  edit,
  filesByPath,
  finding,
  input,
  lines,
  locate,
  newFile,
  rule,
  SIGN,
} from "../../test/review/build.ts";
import type { ReviewView } from "./review-view.ts";

const VIEWS = `import sqlite3

from flask import Flask, request, make_response

app = Flask(__name__)


@app.get("/people")
def people():
    name = request.args["name"]
    return {"id": find_person(sqlite3.connect("people.db"), name)}


def find_person(db, name):
    return db.execute("SELECT id FROM person WHERE name = '" + name + "'").fetchone()


@app.post("/login")
def login():
    answer = make_response("welcome")
    answer.set_cookie("session", new_session())
    return answer
`;

const HOSTILE = "files[`x` @org/team <!-- --> \u202e|]";

/** One view for each state of a review, with hostile names among the ordinary ones. */
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
    ["clean", viewOf(planReview(given([])), [])],
    ["unverified", viewOf(planReview(unverified()), [])],
    ["new-packages", viewOf(planReview(withPackages()), [])],
  ];
}

function findings(): readonly Finding[] {
  const sink = locate("views.py", VIEWS, `db.execute("SELECT id FROM person WHERE name = '" + name + "'")`);
  const step = (code: string, note: string, role: "source" | "call" | "sink") => ({
    location: locate("views.py", VIEWS, code),
    note,
    role,
  });
  return [
    finding({
      ruleId: "sql-injection",
      location: sink,
      message:
        "`name` comes from the query string and becomes part of the statement that `db.execute` runs, so whoever sends the request can read or change other rows. Leave a placeholder and hand the value over separately.",
      trace: [
        step('request.args["name"]', '`request.args["name"]` is read', "source"),
        step("find_person(sqlite3", "passed to `find_person(name)`", "call"),
        step("db.execute", "formatted into the statement", "sink"),
      ],
      fix: {
        title: "Bind the value as a parameter",
        applicability: "safe",
        edits: [
          edit(
            VIEWS,
            `"SELECT id FROM person WHERE name = '" + name + "'"`,
            '"SELECT id FROM person WHERE name = ?", (name,)',
          ),
        ],
      },
    }),
    finding({
      ruleId: "cookie-no-secure",
      level: "warning",
      location: locate("views.py", VIEWS, 'answer.set_cookie("session", new_session())'),
      message: "The cookie `session` is also sent over plain HTTP.",
      fix: {
        title: "Set `secure=True`",
        applicability: "unsafe",
        edits: [edit(VIEWS, "new_session())", "new_session(), secure=True)")],
      },
    }),
    ...[3, 12, 18, 40].map((line) =>
      finding({
        ruleId: "weak-hash",
        level: "warning",
        location: lines("tools.py", line),
        message: `\`${HOSTILE}\` is hashed with MD5.`,
      }),
    ),
    finding({ ruleId: "debug-enabled", level: "note", location: lines("tools.py", 50), message: "`debug` is on." }),
  ];
}

function given(all: readonly Finding[]): ReviewInput {
  const tools = Array.from({ length: 60 }, (_, index) => `value_${index + 1} = hashlib.md5(data).hexdigest()`).join(
    "\n",
  );
  const silenced = finding({ ruleId: "weak-hash", location: lines("tools.py", 55) });
  return input({
    analyses: [
      analysis("views.py", { findings: all.filter(({ location }) => location.path === "views.py") }),
      analysis("tools.py", {
        findings: all.filter(({ location }) => location.path === "tools.py"),
        suppressed: [
          { finding: silenced, by: "comment", reason: "a cache key, no secret", added: true },
          {
            finding: { ...silenced, location: lines("tools.py", 58) },
            by: "comment",
            reason: "until the old API goes",
            until: "2027-03-31",
            added: false,
          },
        ],
        notices: [
          {
            kind: "suppression-without-reason",
            location: lines("tools.py", 57),
            text: "# safepath: ignore[weak-hash]",
          },
        ],
      }),
      analysis("data/big.py", {
        notices: [{ kind: "limit", path: "data/big.py", limit: "size", measured: 626_000, bound: 524_288 }],
      }),
    ],
    coverage: { changedFiles: 4, truncated: false },
    files: filesByPath(newFile("views.py", VIEWS), newFile("tools.py", tools)),
    rules: new Map(
      Object.entries({
        "sql-injection": "SQL built from request data",
        "cookie-no-secure": "Cookie that is also sent over plain HTTP",
        "weak-hash": "Hash that no longer protects",
        "debug-enabled": "Debug mode left on",
      }).map(([id, title]) => [id, rule({ id, title })]),
    ),
  });
}

function unverified(): ReviewInput {
  const base = given([]);
  return {
    ...base,
    analyses: [
      ...base.analyses,
      analysis("slow.py", { notices: [{ kind: "too-slow", path: "slow.py", milliseconds: 4000 }] }),
      analysis("lost.py", { notices: [{ kind: "unreadable", path: "lost.py", reason: "not-fetched" }] }),
    ],
    coverage: { changedFiles: 6, truncated: false },
  };
}

function withPackages(): ReviewInput {
  const at = (line: number) => lines("pyproject.toml", line);
  const facts = { firstRelease: "2019-07-30T12:00:00Z", lastRelease: "2026-10-02T09:00:00Z", isYanked: false };
  const github = (address: string) => ({ address: `github.com/${address}`, isAttested: false });
  const newPackages: readonly NewPackage[] = [
    {
      name: "httpx",
      version: "0.28.1",
      location: at(9),
      answer: {
        kind: "known",
        facts: {
          ...{ ...facts, version: "0.28.1", owners: 4, licence: "BSD-3-Clause", brings: 7 },
          source: { ...github("encode/httpx"), isAttested: true, score: 6.1, hasSecurityPolicy: true },
        },
      },
    },
    {
      name: "quick-invoices",
      location: at(10),
      answer: {
        kind: "known",
        facts: {
          ...{ ...facts, version: "0.1.2", firstRelease: "2026-11-15T10:00:00Z", lastRelease: "2026-11-16T10:00:00Z" },
          ...{ owners: 1, brings: 31 },
        },
      },
    },
    {
      name: "old-friend",
      version: "1.2",
      location: at(11),
      answer: {
        kind: "known",
        facts: {
          ...{ ...facts, version: "1.2", firstRelease: "2012-03-01T10:00:00Z", lastRelease: "2019-03-01T10:00:00Z" },
          ...{ owners: 1, isYanked: true, licence: HOSTILE, brings: 0 },
          source: { ...github("somebody/old-friend"), score: 2.2, hasSecurityPolicy: false, isArchived: true },
        },
      },
    },
    { name: "shop-internal-auth", location: at(12), answer: { kind: "absent" } },
    { name: "acme-billing", location: at(13), answer: { kind: "withheld" } },
  ];
  const base = given([]);
  const packages = { added: [], before: [], withheld: [], locked: { before: 41, after: 82 } };
  return { ...base, analyses: [...base.analyses, analysis("uv.lock", { packages })], newPackages };
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
