import type { Finding } from "../../src/analysis/finding.ts";
import { DEFAULT_POLICY } from "../../src/config/defaults.ts";
import type { NewPackage } from "../../src/review/new-package.ts";
import type { ReviewInput } from "../../src/review/review-plan.ts";
import { analysis, edit, filesByPath, finding, input, lines, locate, newFile, rule } from "../../test/review/build.ts";

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

const HOSTILE = "files['x @org/team <!-- --> \u202e|']";

/** Findings of every level: a flow with a fix, one of a changed meaning, many of one rule, with hostile names among the ordinary ones. */
export function findings(): readonly Finding[] {
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

/** A pull request with these findings, and with comments in its code that silence others. */
export function given(all: readonly Finding[]): ReviewInput {
  const tools = Array.from({ length: 60 }, (_, index) => `value_${index + 1} = hashlib.md5(data).hexdigest()`).join(
    "\n",
  );
  const silenced = finding({
    ruleId: "weak-hash",
    location: lines("tools.py", 55),
    message: "`hashlib.md5` is broken: take SHA-256.",
  });
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

/** The same without findings, where two files could not be analysed. */
export function unverified(): ReviewInput {
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

/** Packages that are new: one of each kind of answer. */
export function withPackages(): ReviewInput {
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

/** Files of settings that are in part wrong, a change of them, findings in the check alone, and what people let through. */
export function configured(): ReviewInput {
  const { judging, ...base } = unverified();
  const policy = DEFAULT_POLICY;
  return {
    ...base,
    judging: { ...judging, mayWrite: new Set(["octocat"]) },
    policy: { ...policy, onIncomplete: "neutral" },
    analyses: [
      ...base.analyses,
      analysis("admin.py", {
        suppressed: [
          {
            finding: finding({ location: lines("admin.py", 3) }),
            by: "config",
            reason: "left to the proxy",
            added: false,
          },
          {
            finding: finding({ location: lines("admin.py", 9) }),
            by: "reply",
            reason: "only staff reaches it",
            people: ["alice", "octocat"],
            added: false,
          },
        ],
        surface: [
          { kind: "route", name: "POST /admin/reset", change: "added", location: lines("admin.py", 20) },
          {
            kind: "route",
            name: "GET /admin",
            guardBefore: "login_required",
            change: "changed",
            location: lines("admin.py", 12),
          },
          { kind: "variable", name: "ADMIN_TOKEN", change: "removed", location: lines("admin.py", 2) },
        ],
      }),
    ],
    blobs: new Map([["slow.py", "5d41402abc4b2a76b9719d911017c592"]]),
    conversation: {
      accepted: [],
      answered: new Set(),
      requests: [
        {
          id: 1,
          author: "octocat",
          body: "/safepath accept unverified slow.py a generated table",
          isAcknowledged: false,
        },
      ],
    },
    configProblems: [
      {
        path: ".github/safepath.yml",
        line: 7,
        message: "unknown rule `sql-injektion` (did you mean `sql-injection`?)",
      },
    ],
    configPreview: { problems: [], settings: ["fail-on", "rules"] },
  };
}
