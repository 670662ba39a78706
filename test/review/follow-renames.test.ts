import { expect, test } from "vitest";
import type { Finding } from "../../src/analysis/finding.ts";
import { fingerprintAt } from "../../src/analysis/fingerprint.ts";
import { followRenames } from "../../src/review/follow-renames.ts";
import type { PostedComment, ReviewInput } from "../../src/review/review-plan.ts";
import { analysis, finding, input, lines } from "./build.ts";

const at = (path: string, contentKey: string): Finding =>
  finding({ location: lines(path, 3), contentKey, fingerprint: fingerprintAt(path, contentKey) });

const said = (...findings: readonly Finding[]): PostedComment => ({
  id: 1,
  path: findings[0]?.location.path ?? "",
  body: "",
  replies: [],
  answeredReplies: [],
  fingerprints: findings.map(({ fingerprint }) => fingerprint),
  bodyHash: "",
  state: "open",
  handled: 0,
});

const names = (given: ReviewInput) =>
  followRenames(given).analyses.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint));

const old = at("old.py", "k1");

test("a finding of a new file keeps its name when the file gets another one", () => {
  const analyses = [analysis("new.py", { findings: [at("new.py", "k1"), at("new.py", "k2")] })];
  expect(names(input({ analyses, posted: [said(old)] }))).toEqual([old.fingerprint, at("new.py", "k2").fingerprint]);
});

test("so does one that is silenced", () => {
  const suppressed = [{ finding: at("new.py", "k1"), by: "comment", reason: "a key", added: true } as const];
  const analyses = [analysis("new.py", { suppressed })];
  const [renamed] = followRenames(input({ analyses, posted: [said(old)] })).analyses;
  expect(renamed?.suppressed.map((entry) => entry.finding.fingerprint)).toEqual([old.fingerprint]);
});

test("a file that is still there keeps its comment, and a copy is another finding", () => {
  const copies = [analysis("old.py", { findings: [old] }), analysis("new.py", { findings: [at("new.py", "k1")] })];
  expect(names(input({ analyses: copies, posted: [said(old)] }))).toEqual([
    old.fingerprint,
    at("new.py", "k1").fingerprint,
  ]);
});

test("of two copies one has the name, and one that has a comment of its own keeps that", () => {
  const copies = ["a.py", "b.py"].map((path) => analysis(path, { findings: [at(path, "k1")] }));
  const [a, b] = [at("a.py", "k1").fingerprint, at("b.py", "k1").fingerprint];
  expect(names(input({ analyses: copies, posted: [said(old)] }))).toEqual([old.fingerprint, b]);
  expect(names(input({ analyses: copies, posted: [said(old), said(at("a.py", "k1"))] }))).toEqual([a, old.fingerprint]);
});

test("where the list of files ends before the last one, nothing is known of a file that is not in it", () => {
  const analyses = [analysis("new.py", { findings: [at("new.py", "k1")] })];
  const given = input({ analyses, posted: [said(old)], coverage: { changedFiles: 3000, truncated: true } });
  expect(names(given)).toEqual([at("new.py", "k1").fingerprint]);
});
