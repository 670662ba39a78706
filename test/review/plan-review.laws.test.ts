import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { expect, test } from "vitest";
import type { FileAnalysis, Finding } from "../../src/analysis/finding.ts";
import { DEFAULT_POLICY } from "../../src/config/defaults.ts";
import { bytes } from "../../src/review/fit-sections.ts";
import { readMarker } from "../../src/review/marker.ts";
import type { NewPackage } from "../../src/review/new-package.ts";
import { planReview } from "../../src/review/plan-review.ts";
import type { PlannedComment, PostedComment, ReviewInput } from "../../src/review/review-plan.ts";
import { analysis, filesByPath, finding, input, lines, newFile, rule, SIGN } from "./build.ts";

const text = "x = eval(y)\n".repeat(40);
const hostile = fc
  .array(
    fc.constantFrom(
      "`",
      "```\n",
      "<!--",
      "-->",
      "@org/team",
      "#1",
      "\u202e",
      "|",
      "</details>",
      "name",
      "\n",
      "https://x.y",
      "😀",
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));
const longText = fc.oneof(
  hostile,
  hostile.map((part) => part.repeat(200)),
  fc.string({ unit: "binary" }),
);
const path = fc.oneof(
  fc.constantFrom("a.py", "b/c.py"),
  hostile.map((name) => `${name.slice(0, 900)}.py`),
);

const anyFinding = fc
  .record({
    path,
    line: fc.integer({ min: 1, max: 60 }),
    ruleId: fc.constantFrom("one", "two", "three", "four", "five"),
    level: fc.constantFrom("error" as const, "warning" as const, "note" as const),
    message: longText,
    notes: fc.array(longText, { maxLength: 4 }),
    replacement: longText,
  })
  .map(({ path: where, line, notes, replacement, ...parts }): Finding => {
    const location = lines(where, line);
    const trace = notes.map((note) => ({ location, role: "assign" as const, note }));
    const span = {
      start: { line, column: 0, offset: (line - 1) * 12 },
      end: { line, column: 1, offset: (line - 1) * 12 + 1 },
    };
    const fix = { title: "Change it", applicability: "unsafe" as const, edits: [{ span, text: replacement }] };
    return finding({ ...parts, location, trace, fix, fingerprint: `${parts.ruleId}/${where}/${line}` });
  });

const anyDate = fc.constantFrom("2012-03-01T10:00:00Z", "2026-11-20T10:00:00Z", "2026-11-27T00:00:00Z");

const anyPackage = fc
  .record({
    path,
    name: longText,
    version: longText,
    licence: longText,
    organization: longText,
    address: longText,
    date: anyDate,
  })
  .map(({ path: where, name, version, licence, organization, address, date }): NewPackage => {
    const source = { address, isAttested: false, score: 1.2 };
    const facts = { version, firstRelease: date, isYanked: true, licence, organization, source };
    return { name, version, location: lines(where, 1), answer: { kind: "known", facts } };
  });

const anyInput = fc
  .tuple(
    fc.array(fc.oneof(anyFinding, fc.array(anyFinding, { maxLength: 12 })), { maxLength: 16 }),
    fc.array(anyPackage, { maxLength: 3 }),
  )
  .map(([entries, newPackages]) => {
    const byPath = Map.groupBy(entries.flat(), ({ location }) => location.path);
    const analyses = [...byPath].map(([where, findings]): FileAnalysis => analysis(where, { findings }));
    return input({ analyses, newPackages, files: filesByPath(newFile("a.py", text), newFile("b/c.py", text)) });
  });

function posted(comments: readonly PlannedComment[]): readonly PostedComment[] {
  return comments.flatMap((planned, id) => {
    const marker = readMarker(planned.body, SIGN);
    return marker === undefined ? [] : [{ id, replies: [], answeredReplies: [], ...planned, ...marker }];
  });
}

test("a plan keeps to GitHub's limits, whatever is found", () => {
  fc.assert(
    fc.property(anyInput, (given) => {
      const plan = planReview(given);
      expect(plan.comments.length).toBeLessThanOrEqual(DEFAULT_POLICY.maxComments);
      for (const { body, startLine, line } of plan.comments) {
        expect(bytes(body)).toBeLessThanOrEqual(65_536);
        if (startLine !== undefined) expect(startLine).toBeLessThan(line ?? 0);
      }
      expect(bytes(plan.check.summary)).toBeLessThanOrEqual(65_535);
      expect(bytes(plan.check.title)).toBeLessThanOrEqual(255);
      for (const annotation of plan.check.annotations) {
        expect(bytes(annotation.message)).toBeLessThanOrEqual(64 * 1024);
        expect(bytes(annotation.title)).toBeLessThanOrEqual(255);
      }
    }),
    { numRuns: 25 },
  );
});

test("every finding is in exactly one place: kept, in a new comment, or in the check alone", () => {
  fc.assert(
    fc.property(anyInput, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
      const earlier = planReview(given).comments;
      const plan = planReview({ ...given, posted: posted(earlier.slice(0, Math.round(earlier.length * share))) });
      const said = [...plan.keep, ...plan.comments.flatMap(({ fingerprints }) => fingerprints)];
      const all = new Set(given.analyses.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)));
      expect(new Set(said).size).toBe(said.length);
      expect(said.filter((fingerprint) => !all.has(fingerprint))).toEqual([]);
      expect(plan.check.annotations).toHaveLength(all.size);
    }),
    { numRuns: 25 },
  );
});

test("a second look at the same head changes nothing", () => {
  fc.assert(
    fc.property(anyInput, (given) => {
      const plan = planReview({ ...given, posted: posted(planReview(given).comments) });
      expect([plan.reviewBody, plan.comments, plan.edits]).toEqual([undefined, [], []]);
    }),
    { numRuns: 25 },
  );
});

test("each planned comment carries a marker that is read back", () => {
  fc.assert(
    fc.property(anyInput, (given) => {
      const { comments } = planReview(given);
      expect(posted(comments).map(({ fingerprints }) => fingerprints)).toEqual(
        comments.map(({ fingerprints }) => fingerprints),
      );
    }),
    { numRuns: 25 },
  );
});

test("no text of a repository becomes HTML, a link or a mention in what is said", () => {
  const markdown = new MarkdownIt({ html: true, linkify: true });
  markdown.linkify.set({ fuzzyLink: false });
  fc.assert(
    fc.property(anyInput, (given) => {
      const plan = planReview(given);
      for (const source of [plan.check.summary, ...plan.comments.map(({ body }) => body)]) {
        const tokens = markdown.parse(source, {}).flatMap((token) => [token, ...(token.children ?? [])]);
        const html = tokens
          .filter(({ type }) => type === "html_block" || type === "html_inline")
          .map(({ content }) => content.trim());
        expect(html.filter((line) => !OURS.test(line))).toEqual([]);
        const links = tokens.filter(({ type }) => type === "link_open").map((token) => String(token.attrGet("href")));
        expect(
          links.filter((link) => !/^https:\/\/(?:(?:github|docs)\.example\/|pypi\.org\/project\/)/u.test(link)),
        ).toEqual([]);
        const prose = tokens.filter(({ type }) => type === "text").map(({ content }) => content);
        expect(prose.filter((part) => /@\w|#\d/u.test(part))).toEqual([]);
      }
    }),
    { numRuns: 25 },
  );
});

const OURS = /^(<!-- safepath:1 [\w+/=]+ \w+ -->|<details><summary>[\w (),]+<\/summary>|<\/details>|<br>)$/u;

test("the rest of a group that is too large for one comment waits, and is lost nowhere", () => {
  const findings = Array.from({ length: 450 }, (_, index) =>
    finding({ location: lines("a.py", (index % 40) + 1), fingerprint: String(index).padStart(64, "0") }),
  );
  const given: ReviewInput = {
    ...input({ analyses: [analysis("a.py", { findings })], files: filesByPath(newFile("a.py", text)) }),
    rules: new Map([["sql-injection", rule({ id: "sql-injection" })]]),
  };
  const first = planReview(given);
  expect(first.comments.map(({ fingerprints }) => fingerprints.length)).toEqual([200]);
  expect(planReview({ ...given, posted: posted(first.comments) }).comments).toEqual([]);
  expect(first.check.annotations).toHaveLength(450);
  const rows = first.check.summary.split("\n").filter((line) => line.startsWith("| [")).length;
  expect(first.check.summary).toContain(`${450 - rows} more findings than fit here: see the annotations`);
});
